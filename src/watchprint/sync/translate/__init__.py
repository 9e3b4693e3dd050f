"""Trakt's rows in our words. Pure: nothing is asked and nothing is stored here."""
