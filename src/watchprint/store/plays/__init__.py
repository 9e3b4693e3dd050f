"""Plays: one row a finished viewing, however many doors report it."""
