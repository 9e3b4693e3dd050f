"""The peers of every insight, in the order of the catalogue's families."""

from __future__ import annotations

from bench.by_hand import rhythm, titles, volume

PEERS = (*volume.PEERS, *rhythm.PEERS, *titles.PEERS)
