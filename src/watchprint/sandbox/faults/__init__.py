"""Faults on demand: which are armed, which request they hit, and what is sent instead of or around the answer."""
