"""Numbers, dates and periods as people write them, read and written, in Danish and English notation."""
