"""The catalogue that comes with the package: several hundred well-known films and shows, as facts.

Its data file is made by scripts/build_catalogue.py; NOTICE beside it names the sources and what is drawn:
TMDB ids of seasons and episodes (600,000,000 and 700,000,000 upward), ratings and votes where none were
recorded, Trakt ids from 90,000,000 upward, and the titles named "Untitled ...".
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from watchprint.sandbox.catalogue import rows
from watchprint.sandbox.catalogue.catalogue import Catalogue

DATA = "titles.json.gz"


@cache
def builtin() -> Catalogue:
    """The shipped catalogue; read once a process and shared, since nothing changes it."""
    raw = files("watchprint.sandbox.catalogue").joinpath("data", DATA).read_bytes()
    data = rows.unpacked(raw)
    return Catalogue(
        [rows.movie(m) for m in data.movies],
        [rows.show(s) for s in data.shows],
        [rows.person(p) for p in data.people],
    )
