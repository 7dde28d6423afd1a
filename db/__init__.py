"""Persistence: rows in, domain values out. The only place that knows SQL."""
