"""Watchprint: analytics of what you watch, built on Trakt."""
