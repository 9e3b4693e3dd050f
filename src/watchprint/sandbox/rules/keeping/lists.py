"""Lists of every kind: the watchlist, the favorites and personal lists share these rules (trakt-api.md 11.7, 13).

A title stands in a list once. Ranks are 1..n without gaps; a new item comes last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import stamp, to_second
from watchprint.sandbox.rules.limits import needs_vip, within
from watchprint.sandbox.rules.requests.items import Expand, Leaf, Reading, read_items
from watchprint.sandbox.state import Item, ListEntry, User, UserList

NOTES_CHARS = 500
"""The longest note [characters]."""

Which = Literal["watchlist", "favorites", "personal"]
ARRAYS: Mapping[str, tuple[str, ...]] = {
    "watchlist": ("movies", "shows", "seasons", "episodes"),
    "favorites": ("movies", "shows"),
    "personal": ("movies", "shows", "seasons", "episodes", "people"),
}
"""What a list of each kind may hold."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One list with its owner and what holds for its kind."""

    user: User
    list: UserList
    which: Which

    @property
    def limit(self) -> int:
        """The most items that it may hold."""
        limits = self.user.limits
        return {
            "watchlist": limits.watchlist_items,
            "favorites": limits.favorites_items,
            "personal": limits.items_per_list,
        }[self.which]

    def counts(self, items: Iterable[Item]) -> dict[str, int]:
        """How many of these by array name."""
        by_kind = Counter("people" if item.type == "person" else f"{item.type}s" for item in items)
        return {name: by_kind[name] for name in ARRAYS[self.which]}

    def changed(self, world: World, kinds: Iterable[str] = ()) -> None:
        """Say that the list changed, and with it these types of items."""
        self.list.updated_at = to_second(world.now)
        match self.which:
            case "watchlist":
                fields = {"watchlist.updated_at", *(f"{kind}s.watchlisted_at" for kind in kinds)}
            case "favorites":
                fields = {"favorites.updated_at", *(f"{kind}s.favorited_at" for kind in kinds)}
            case "personal":
                fields = {"lists.updated_at"}
        touch(self.user, world.now, *sorted(fields))

    def json(self) -> dict[str, Any]:
        """The `list` of an answer."""
        return {"updated_at": stamp(self.list.updated_at), "item_count": len(self.list.entries)}


def watchlist_of(user: User, world: World) -> Shelf:
    """The user's watchlist; made when there is none yet."""
    if user.watchlist is None:
        user.watchlist = new_list(world, "Watchlist", "watchlist")
    return Shelf(user, user.watchlist, "watchlist")


def favorites_of(user: User, world: World) -> Shelf:
    """The user's favorites; made when there are none yet."""
    if user.favorites is None:
        user.favorites = new_list(world, "Favorites", "favorites")
    return Shelf(user, user.favorites, "favorites")


def new_list(world: World, name: str, type: str, slug: str | None = None) -> UserList:
    """An empty list with an id of its own."""
    now = to_second(world.now)
    return UserList(world.state.new_id(), slug, name, type, now, now)


def add_items(shelf: Shelf, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Add everything that the body means to the end of the list.

    Returns:
        Trakt's answer: added and existing by type, what was not found, the list.

    Raises:
        Refusal: 420 on the limit of items or notes, 422 for a note that is too long, 426 for a note of an
            account without VIP (favorites excepted).
    """
    reading = _read(shelf, body, world, attrs=("notes",))
    held = {entry.item for entry in shelf.list.entries}
    new: dict[Item, Leaf] = {}
    for leaf in reading.leaves:
        if leaf.item not in held:
            new.setdefault(leaf.item, leaf)
    notes = [leaf.attrs["notes"] for leaf in reading.leaves if leaf.attrs.get("notes")]
    check_notes(shelf, notes, more=sum(bool(leaf.attrs.get("notes")) for leaf in new.values()))
    within(shelf.user, shelf.limit, len(held), len(new))
    if shelf.which == "personal":
        in_all = sum(len(one.entries) for one in shelf.user.lists)
        within(shelf.user, shelf.user.limits.items_in_all_lists, in_all, len(new))
    now = to_second(world.now)
    for item, leaf in new.items():
        rank = len(shelf.list.entries) + 1
        entry = ListEntry(world.state.new_id(), rank, item, now, leaf.attrs.get("notes") or None)
        shelf.list.entries.append(entry)
    if new:
        shelf.changed(world, {item.type for item in new})
    again = list((Counter(leaf.item for leaf in reading.leaves) - Counter(new.keys())).elements())
    return {
        "added": shelf.counts(new),
        "existing": shelf.counts(again),
        "not_found": reading.not_found,
        "list": shelf.json(),
    }


def remove_items(shelf: Shelf, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Take everything that the body means off the list.

    Returns:
        Trakt's answer: deleted by type, what was not found, the list.
    """
    reading = _read(shelf, body, world)
    wanted = {leaf.item for leaf in reading.leaves}
    gone = [entry.item for entry in shelf.list.entries if entry.item in wanted]
    if gone:
        _place(shelf.list, [entry for entry in shelf.list.entries if entry.item not in wanted])
        shelf.changed(world, {item.type for item in gone})
    return {"deleted": shelf.counts(gone), "not_found": reading.not_found, "list": shelf.json()}


def reorder(shelf: Shelf, rank: list[int], world: World) -> dict[str, Any]:
    """Put the named items first, in that order; the others keep theirs after them.

    Returns:
        Trakt's answer: how many ids were known, the unknown ones, the list.
    """
    by_id = {entry.id: entry for entry in shelf.list.entries}
    named = [by_id[one] for one in dict.fromkeys(rank) if one in by_id]
    if named:
        chosen = {entry.id for entry in named}
        _place(shelf.list, named + [entry for entry in shelf.list.entries if entry.id not in chosen])
        shelf.changed(world, {entry.item.type for entry in named})
    skipped = [one for one in dict.fromkeys(rank) if one not in by_id]
    return {"updated": len(named), "skipped_ids": skipped, "list": shelf.json()}


def set_notes(shelf: Shelf, entry_id: int, notes: str | None, world: World) -> None:
    """Write the note of one item, or remove it (None).

    Raises:
        Refusal: 404 for an unknown item; 420, 422 and 426 as for adding.
    """
    entry = next((one for one in shelf.list.entries if one.id == entry_id), None)
    if entry is None:
        raise Refusal(404)
    if shelf.which != "favorites":
        needs_vip(shelf.user)
    check_notes(shelf, [notes] if notes else [], more=int(bool(notes) and not entry.notes))
    entry.notes = notes or None
    shelf.changed(world, {entry.item.type})


def check_notes(shelf: Shelf, notes: Collection[str], *, more: int) -> None:
    """Let notes pass that the account may write; `more` says how many would be new."""
    if not notes:
        return
    if shelf.which != "favorites":
        needs_vip(shelf.user)
    if any(len(note) > NOTES_CHARS for note in notes):
        raise Refusal(422, {"error": f"Validation error(s): notes are at most {NOTES_CHARS} characters"})
    within(shelf.user, shelf.user.limits.notes, notes_held(shelf.user), more)


def notes_held(user: User) -> int:
    """How many notes the user has in all lists."""
    shelves = [user.watchlist, user.favorites, *user.lists]
    return sum(bool(entry.notes) for one in shelves if one is not None for entry in one.entries)


def _read(shelf: Shelf, body: Mapping[str, Any], world: World, attrs: tuple[str, ...] = ()) -> Reading:
    expand = Expand.WHOLE if shelf.which == "favorites" else Expand.ITSELF
    return read_items(body, world, expand=expand, attrs=attrs, arrays=ARRAYS[shelf.which])


def _place(list: UserList, entries: list[ListEntry]) -> None:
    """Give the list these entries in this order, ranks anew."""
    list.entries = entries
    for rank, entry in enumerate(entries, 1):
        entry.rank = rank
