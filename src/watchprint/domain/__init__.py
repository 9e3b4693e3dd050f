"""Our own words, on the standard library alone. No clock, no input or output, nothing of Trakt."""
