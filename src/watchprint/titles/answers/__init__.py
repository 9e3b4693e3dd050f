"""What each source's answers say, as titles: pure readings of decoded JSON. Nothing here asks anybody."""
