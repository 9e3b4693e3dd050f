"""Files into the store: the difference first, then all or nothing, and undone exactly. Never asks Trakt."""
