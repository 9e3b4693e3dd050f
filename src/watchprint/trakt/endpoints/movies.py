"""Films: their facts."""

from __future__ import annotations

from watchprint.trakt.bind import Endpoints, R, endpoint
from watchprint.trakt.models.titles import Movie
from watchprint.trakt.requests import get, path_of
from watchprint.trakt.wire import Call


class Movies(Endpoints[R]):
    """Films, by Trakt id, slug or IMDb id."""

    @endpoint
    def summary(self, movie: int | str, *, extended: str | None = "full") -> Call[Movie]:
        """A film.

        Source: GET /movies/{id}
        """
        return get(Movie, path_of("movies", movie), needs_user=False, extended=extended)
