"""Tables of verbs."""
