"""Numeric finishers: pure functions from reduced rows to numbers, with no SQL and no clock."""
