"""The verbs of 约谈, one module per stage."""
