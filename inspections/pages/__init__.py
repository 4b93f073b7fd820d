"""What pages of rounds show, part by part."""
