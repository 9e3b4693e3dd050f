"""The hand-written peers of every insight."""

from __future__ import annotations

from bench.by_hand import eras, rhythm, shows, sitting, taste, titles, volume

PEERS = (
    *volume.PEERS,
    *rhythm.PEERS,
    *titles.PEERS,
    *sitting.PEERS,
    *shows.PEERS,
    *taste.PEERS,
    *eras.PEERS,
)
