"""Pages of documents and of their templates."""
