"""Facts about titles, one module a source; each field keeps its source. Never asks Trakt."""
