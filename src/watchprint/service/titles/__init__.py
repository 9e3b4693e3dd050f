"""Titles between the caller's words and Trakt's: what came, which are the same, and what Trakt calls them."""
