"""The plays of an account: read by their changes, or walked through as a whole."""
