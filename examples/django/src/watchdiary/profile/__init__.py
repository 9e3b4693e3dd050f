"""Integration point "user profile": what somebody watched, owns, plans and loves; shown and changed."""
