"""A demonstration of a whole round, on a stated clock and with made figures."""
