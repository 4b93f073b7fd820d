"""Boards: one question a chart, its finding in words, its table beside; every mark opens its rows."""
