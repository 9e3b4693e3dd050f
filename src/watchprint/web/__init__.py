"""The HTTP face: the service by URL, with the user's token. No logic of its own."""
