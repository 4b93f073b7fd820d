"""What pages of rounds and campaigns show, part by part."""
