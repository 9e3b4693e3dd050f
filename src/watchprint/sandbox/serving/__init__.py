"""The server around the routes: matching, keys and tokens, rate limits, ETags, faults, sockets, the state file."""
