"""trakt.py: its own walk over the history, with its own objects."""

from __future__ import annotations

from trakt import Trakt

from bench.contenders.told import BASE_URL, TOKEN, TRAKT, serve

Trakt.base_url = BASE_URL
Trakt.configuration.defaults.client(id=TRAKT["client_id"], secret=TRAKT["client_secret"])


def read() -> list[int]:
    with Trakt.configuration.oauth(token=TOKEN):
        return [row.id for row in Trakt["sync/history"].get(pagination=True, per_page=250)]


if __name__ == "__main__":
    serve(read)
