"""The library of a user: films and episodes owned, with what is known of the copy (trakt-api.md 11.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.activities import activity, touch
from watchprint.sandbox.rules.instants import stamp, to_second
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.items import Expand, Leaf, read_items
from watchprint.sandbox.rules.requests.when import attr_instant, invalid
from watchprint.sandbox.state import Collected, User

META: Final[dict[str, frozenset[str]]] = {
    "media_type": frozenset(["digital", "bluray", "hddvd", "dvd", "vcd", "vhs", "betamax", "laserdisc"]),
    "resolution": frozenset(["uhd_4k", "hd_1080p", "hd_1080i", "hd_720p", "sd_480p", "sd_480i", "sd_576p", "sd_576i"]),
    "hdr": frozenset(["dolby_vision", "hdr10", "hdr10_plus", "hlg"]),
    "audio": frozenset(
        [
            "dolby_digital",
            "dolby_digital_plus",
            "dolby_digital_plus_atmos",
            "dolby_truehd",
            "dolby_atmos",
            "dolby_prologic",
            "dts",
            "dts_ma",
            "dts_hr",
            "dts_x",
            "auro_3d",
            "mp3",
            "mp2",
            "aac",
            "lpcm",
            "ogg",
            "ogg_opus",
            "wma",
            "flac",
        ]
    ),
    "audio_channels": frozenset(
        [
            "1.0",
            "2.0",
            "2.1",
            "3.0",
            "3.1",
            "4.0",
            "4.1",
            "5.0",
            "5.1",
            "5.1.2",
            "5.1.4",
            "6.1",
            "7.1",
            "7.1.2",
            "7.1.4",
            "9.1",
            "10.1",
        ]
    ),
}
"""The words that Trakt knows of a copy; `3d` is the sixth field, a flag."""
KINDS = ("movies", "shows", "seasons", "episodes")


def collect(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Put everything that the body means into the library; what is there already is updated.

    Returns:
        Trakt's answer: added, updated (a value changed) and existing by type, what was not found, the list.

    Raises:
        Refusal: 400 for a time that is none and, when strict, for an unknown word; 420 on the limit.
    """
    attrs = ("collected_at", *META, "3d")
    reading = read_items(body, world, expand=Expand.AIRED, attrs=attrs)
    held = {row.item: row for row in user.collection}
    new = {leaf.item for leaf in reading.leaves} - held.keys()
    wanted = [_collected(leaf, world) for leaf in reading.leaves]
    within(user, user.limits.collection_items, len(user.collection), len(new))
    discs = {row.item for row in user.collection if _is_disc(row)}
    within(user, user.limits.collection_discs, len(discs), len({row.item for row in wanted if _is_disc(row)} - discs))
    counts = {name: dict.fromkeys(KINDS, 0) for name in ("added", "updated", "existing")}
    for leaf, row in zip(reading.leaves, wanted, strict=True):
        old = held.get(row.item)
        if old is None:
            held[row.item] = row
            user.collection.append(row)
            counts["added"][f"{row.item.type}s"] += 1
        else:
            changed = _update(old, row, dated="collected_at" in leaf.attrs)
            counts["updated" if changed else "existing"][f"{row.item.type}s"] += 1
    _bump(user, world, [kind for name in ("added", "updated") for kind, n in counts[name].items() if n])
    return {**counts, "not_found": reading.not_found, "list": list_json(user)}


def uncollect(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Take everything that the body means out of the library.

    Returns:
        Trakt's answer: deleted by type, what was not found, the list.
    """
    reading = read_items(body, world, expand=Expand.EVERY)
    wanted = {leaf.item for leaf in reading.leaves}
    gone = [row for row in user.collection if row.item in wanted]
    deleted = {kind: sum(f"{row.item.type}s" == kind for row in gone) for kind in KINDS}
    if gone:
        user.collection = [row for row in user.collection if row.item not in wanted]
    _bump(user, world, [kind for kind, n in deleted.items() if n])
    return {"deleted": deleted, "not_found": reading.not_found, "list": list_json(user)}


def list_json(user: User) -> dict[str, Any]:
    """The `list` of an answer: when the library last changed, and how much is in it."""
    updated_at = max(activity(user, "movies.collected_at"), activity(user, "episodes.collected_at"))
    return {"updated_at": stamp(updated_at), "item_count": len(user.collection)}


def _is_disc(row: Collected) -> bool:
    """Whether a copy is known to be a thing, not a file."""
    return (row.metadata or {}).get("media_type") not in (None, "digital")


def _collected(leaf: Leaf, world: World) -> Collected:
    at = attr_instant(leaf.attrs, "collected_at", leaf.title, world)
    return Collected(leaf.item, at, to_second(world.now), _metadata(leaf.attrs, world))


def _metadata(attrs: Mapping[str, Any], world: World) -> dict[str, str | bool | None] | None:
    """The copy's known words; unknown ones are dropped, or refused when strict."""
    known: dict[str, str | bool | None] = {}
    for name, words in META.items():
        if name in attrs and attrs[name] in words:
            known[name] = attrs[name]
        elif name in attrs and world.options.strict:
            raise invalid(f"Invalid enum value for {name}")
    if "3d" in attrs:
        known["3d"] = attrs["3d"]
    return known or None


def _update(old: Collected, new: Collected, *, dated: bool) -> bool:
    """Write what the request says over the row; whether that changed anything."""
    metadata = {**(old.metadata or {}), **(new.metadata or {})} or None
    collected_at = new.collected_at if dated else old.collected_at
    if (metadata, collected_at) == (old.metadata, old.collected_at):
        return False
    old.metadata, old.collected_at, old.updated_at = metadata, collected_at, new.updated_at
    return True


def _bump(user: User, world: World, kinds: list[str]) -> None:
    if kinds:
        touch(user, world.now, *sorted({f"{kind}.collected_at" for kind in kinds}))
