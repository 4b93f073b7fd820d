"""A county of real size for measuring: rows loaded beside the verbs, therefore without a record, and marked as such."""
