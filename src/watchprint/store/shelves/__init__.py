"""Ratings, watchlist, collection, favourites, lists; saved positions and what is on now."""
