"""Shape of what people type."""
