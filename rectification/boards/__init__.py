"""What the boards of rectification count: each in one grouped question, through the scope of who reads it."""
