"""Copies of films and episodes come, change in quality, and go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sync.states.desk import Desk


@pytest.mark.parametrize("kind", ["movie", "episode"])
def test_a_copy_through_every_operation(desk: Desk, kind: str) -> None:
    one, two = desk.catalogue()[kind][:2]
    at = desk.store.clock.now() - timedelta(days=3)
    quality = {"media_type": "bluray", "resolution": "uhd_4k", "hdr": "dolby_vision", "is_3d": True, "collected_at": at}
    desk.do(lambda t: t.sync.add_to_collection(desk.marked({(kind, one): quality, (kind, two): {}})))
    assert len(desk.sync()[f"library of {kind}s"].added) == 2
    desk.check()
    better = {"audio": "dts_ma", "audio_channels": "7.1", "resolution": "hd_1080p", "is_3d": False}
    desk.do(lambda t: t.sync.add_to_collection(desk.marked({(kind, one): better})))
    assert len(desk.sync()[f"library of {kind}s"].changed) == 1, "the quality alone, and no time moved"
    desk.check()
    desk.do(lambda t: t.sync.remove_from_collection(desk.items(kind, one)))
    found = desk.sync()
    assert len(found[f"library of {kind}s"].gone) == 1
    desk.check()
