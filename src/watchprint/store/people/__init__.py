"""Accounts, their tokens, and forgetting them."""
