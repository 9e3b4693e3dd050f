"""What requests say: bodies, the items in them, and the one item of a scrobble. Reads, never changes."""
