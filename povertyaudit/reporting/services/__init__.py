"""The verbs of frozen reports."""
