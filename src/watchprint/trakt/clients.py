"""The clients: Trakt (blocking) and AsyncTrakt, made of the same definitions.

trakt = Trakt("client-id", tokens="access-token")
for row in trakt.sync.history(extended="full"): ...
"""

from __future__ import annotations

