"""Bulk writes: bodies of at most a hundred, sent one after the other, their answers merged."""
