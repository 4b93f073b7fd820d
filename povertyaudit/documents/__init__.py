"""公文: official documents produced from rows by templates that offices edit in Word (docs/documents.md)."""
