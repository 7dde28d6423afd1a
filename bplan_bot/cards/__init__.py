"""Answers as Adaptive Cards and as text, one module per card; both say the same facts."""
