"""Bundled plans: one folder each, files only. The database reads them when it is empty."""
