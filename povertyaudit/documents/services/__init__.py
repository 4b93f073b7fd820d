"""The verbs of documents: make one, upload a template."""
