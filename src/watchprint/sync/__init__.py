"""Trakt to ours: an account is read at the price of what changed. Never writes to Trakt."""
