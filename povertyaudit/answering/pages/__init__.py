"""What records and pages show of who answers."""
