"""How misused money and its book are shown, in words, columns and tables."""
