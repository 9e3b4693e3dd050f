"""What happens when something is watched: scrobbles, check-ins, history, and what leaves the watchlist."""
