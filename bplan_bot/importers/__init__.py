"""Bytes in, rows and problems out: how documents and files become plans, figures and statements."""
