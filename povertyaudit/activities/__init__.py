"""工作纪实: what a unit held, decided, honoured and laid down."""
