"""What a user keeps: library, ratings, watchlist, favorites, lists, hidden titles."""
