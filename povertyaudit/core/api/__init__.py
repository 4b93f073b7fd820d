"""Machines' door to the same verbs, rows and refusals as the pages."""
