"""Trakt's rules as functions over the sandbox's tables. No HTTP, no JSON text, no clock of their own."""
