"""Pages of figures: the catalogue, the board."""
