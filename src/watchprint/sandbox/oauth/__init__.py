"""Signing in: authorisation page, device codes, tokens. Written as routes over the sandbox's tables."""
