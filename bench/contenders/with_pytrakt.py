"""pytrakt: its pagination helper over the history (it has no function of its own for it); rows stay dicts."""

from __future__ import annotations

from trakt import core
from trakt.pagination import paginate

from bench.contenders.told import BASE_URL, TOKEN, TRAKT, serve

core.BASE_URL = f"{BASE_URL}/"
core.CLIENT_ID, core.CLIENT_SECRET = TRAKT["client_id"], TRAKT["client_secret"]
core.OAUTH_TOKEN = TOKEN
core.OAUTH_REFRESH = TRAKT["user"]["refresh_token"]
core.OAUTH_EXPIRES_AT = 4_000_000_000

if __name__ == "__main__":
    serve(lambda: [row["id"] for row in paginate("sync/history", limit=250)])
