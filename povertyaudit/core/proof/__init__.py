"""Proof that leaves the house: a bundle of one county, and the script that checks it anywhere."""
