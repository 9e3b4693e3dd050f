"""The words of Trakt's catalogue: they change rarely and may be kept for days."""

from __future__ import annotations

from typing import Literal, TypeAlias

from watchprint.trakt.bind import Endpoints, R, endpoint
from watchprint.trakt.models.catalogue import Certifications, Country, Genre, Language, Network
from watchprint.trakt.requests import get, path_of
from watchprint.trakt.wire import Call

Catalogued: TypeAlias = Literal["movies", "shows"]


class Lookups(Endpoints[R]):
    """Genres, certifications, countries, languages, networks. No user is needed."""

    @endpoint
    def genres(self, kind: Catalogued = "movies", *, extended: str | None = None) -> Call[list[Genre]]:
        """Genres of films or shows.

        Args:
            kind: movies or shows.
            extended: "subgenres" for the finer ones too.

        Source: GET /genres/{type}
        """
        return get(list[Genre], path_of("genres", kind), needs_user=False, extended=extended)

    @endpoint
    def certifications(self, kind: Catalogued = "movies") -> Call[Certifications]:
        """Age ratings by country.

        Source: GET /certifications/{type}
        """
        return get(Certifications, path_of("certifications", kind), needs_user=False)

    @endpoint
    def countries(self, kind: Catalogued = "movies") -> Call[list[Country]]:
        """Countries that titles come from.

        Source: GET /countries/{type}
        """
        return get(list[Country], path_of("countries", kind), needs_user=False)

    @endpoint
    def languages(self, kind: Catalogued = "movies") -> Call[list[Language]]:
        """Languages that titles are in.

        Source: GET /languages/{type}
        """
        return get(list[Language], path_of("languages", kind), needs_user=False)

    @endpoint
    def networks(self, *, extended: str | None = None) -> Call[list[Network]]:
        """Television networks.

        Args:
            extended: "full" for their ids.

        Source: GET /networks
        """
        return get(list[Network], "/networks", needs_user=False, extended=extended)
