"""Verbs, one module a thing."""
