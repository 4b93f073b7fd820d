"""From a template and values to a Word file, without a database and without the web."""
