"""`/sync`: what belongs to the user behind the token. Reads are nouns; writes say what they do to what.

trakt.sync.history(extended="full")      trakt.sync.add_to_history(SyncItems(movies=(...,)))
trakt.sync.collection("movies")          trakt.sync.remove_from_collection(...)
"""

from __future__ import annotations

from watchprint.trakt.bind import R
from watchprint.trakt.endpoints.sync.activity import SyncActivity
from watchprint.trakt.endpoints.sync.collection import SyncCollection
from watchprint.trakt.endpoints.sync.favorites import SyncFavorites
from watchprint.trakt.endpoints.sync.history import SyncHistory
from watchprint.trakt.endpoints.sync.progress import SyncProgress
from watchprint.trakt.endpoints.sync.ratings import SyncRatings
from watchprint.trakt.endpoints.sync.watched import SyncWatched
from watchprint.trakt.endpoints.sync.watchlist import SyncWatchlist


class Sync(
    SyncActivity[R],
    SyncHistory[R],
    SyncCollection[R],
    SyncWatched[R],
    SyncRatings[R],
    SyncWatchlist[R],
    SyncFavorites[R],
    SyncProgress[R],
):
    """The signed-in user's own data."""
