"""The verbs of the logs."""
