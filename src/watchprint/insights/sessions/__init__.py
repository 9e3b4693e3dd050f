"""Sittings: plays that follow each other, binges among them, and how strongly one episode leads to the next."""
