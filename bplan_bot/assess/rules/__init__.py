"""One module per family of target rules, each with `judge` and the fields its targets `NEEDS`."""
