"""Integration point "user authentication system": signing in with Trakt, and who owns the tokens."""
