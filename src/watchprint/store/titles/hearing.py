"""What sources of facts say of titles that there are: which title a row is of, and what may be taken from it.

Nothing is made and nothing is merged here. A row is of a title when an id of both is the same, no other id tells them
apart, and neither do their shows; an episode also when it stands at the title's place. An id on an episode that is
its show's own is none of the episode's: some libraries mix the two up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import select

from watchprint.domain.title import SCHEMES, SINGLE, Title, agree
from watchprint.store.schema import title_aliases, title_ids, titles
from watchprint.store.unit import Unit, chunks

Key = tuple[str, str, str]
Place = tuple[int, int, int]


class Kept(Protocol):
    """A title as it is kept; see `titles.KeptTitle`."""

    @property
    def id(self) -> int: ...

    @property
    def ids(self) -> Mapping[str, tuple[str, ...]]: ...

    @property
    def show_id(self) -> int | None: ...


GetAll = Callable[[Iterable[int]], Mapping[int, Kept]]
"""Titles by number; unknown numbers are left out."""


def known(unit: Unit, rows: Sequence[Title], get_all: GetAll) -> list[int | None]:
    """The number of the title that each row is of; None: there is no such title."""
    shows = [row.show for row in rows if row.show is not None]
    owners = _owners(unit, [*rows, *shows])
    kept = dict(get_all(owners.values()))
    show_ids = {id(show): _by_ids(show, show.named(), None, owners, kept) for show in shows}
    places = _at_places(unit, rows, show_ids)
    kept |= get_all(places.values())
    found = []
    for row in rows:
        ids, show_id = own_ids(row), None if row.show is None else show_ids[id(row.show)]
        number = _by_ids(row, ids, show_id, owners, kept)
        if number is None and show_id is not None and row.season is not None and row.number is not None:
            there = places.get((show_id, row.season, row.number)) if row.kind == "episode" else None
            number = there if there is not None and agree(single(kept[there]), ids) else None
        found.append(number)
    return found


def agreeing(unit: Unit, told: Mapping[int, Title], get_all: GetAll) -> dict[int, tuple[int, Title]]:
    """Of what is told by number: those titles that there are and whose ids the source does not contradict.

    Returns:
        The number that was told of to the title's number now, and what is said of it.
    """
    now = _current(unit, told)
    kept = get_all(now.values())
    return {
        number: (now[number], title)
        for number, title in told.items()
        if number in now and now[number] in kept and agree(single(kept[now[number]]), own_ids(title))
    }


def name(unit: Unit, told: Mapping[int, Title], get_all: GetAll) -> None:
    """Give titles the ids that a source knows them by, where no title has them."""
    taken = set(_owners(unit, told.values()))
    kept = get_all(told)
    rows = []
    for number, title in told.items():
        for scheme, value in own_ids(title).items():
            key = (title.kind, scheme, value)
            if key not in taken and not (scheme in SINGLE and kept[number].ids.get(scheme)):
                taken.add(key)
                rows.append({"kind": title.kind, "scheme": scheme, "value": value, "title_id": number})
    if rows:
        unit.connection.execute(unit.upsert(title_ids).on_conflict_do_nothing(), rows)


def own_ids(title: Title) -> dict[str, str]:
    """The ids that are the title's, and not its show's."""
    theirs = {} if title.show is None else title.show.named()
    return {scheme: value for scheme, value in title.named().items() if theirs.get(scheme) != value}


def single(kept: Kept) -> dict[str, str]:
    """A title's ids in the schemes in which it has one."""
    return {scheme: values[0] for scheme, values in kept.ids.items() if scheme in SINGLE and values}


def _by_ids(
    row: Title, ids: Mapping[str, str], show_id: int | None, owners: Mapping[Key, int], kept: Mapping[int, Kept]
) -> int | None:
    for scheme in SCHEMES:
        owner = owners.get((row.kind, scheme, ids[scheme])) if scheme in ids else None
        if owner is None:
            continue
        title = kept[owner]
        if agree(single(title), ids) and (show_id is None or title.show_id in (None, show_id)):
            return owner
    return None


def _owners(unit: Unit, rows: Iterable[Title]) -> dict[Key, int]:
    wanted: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for scheme, value in row.named().items():
            wanted.setdefault((row.kind, scheme), set()).add(value)
    found: dict[Key, int] = {}
    for (kind, scheme), values in wanted.items():
        those = (title_ids.c.kind == kind) & (title_ids.c.scheme == scheme)
        for some in chunks(sorted(values)):
            asked = select(title_ids.c.value, title_ids.c.title_id).where(those, unit.among(title_ids.c.value, some))
            found.update({(kind, scheme, row.value): row.title_id for row in unit.connection.execute(asked)})
    return found


def _at_places(unit: Unit, rows: Iterable[Title], show_ids: Mapping[int, int | None]) -> dict[Place, int]:
    wanted: set[Place] = set()
    for row in rows:
        show_id = None if row.show is None else show_ids[id(row.show)]
        if row.kind == "episode" and show_id is not None and row.season is not None and row.number is not None:
            wanted.add((show_id, row.season, row.number))
    found: dict[Place, int] = {}
    columns = [titles.c.show_id, titles.c.season, titles.c.number]
    for some in chunks(sorted(wanted)):
        where = unit.among_rows(columns, some) & (titles.c.kind == "episode")
        for each in unit.connection.execute(select(titles.c.id, *columns).where(where)):
            found[each.show_id, each.season, each.number] = each.id
    return found


def _current(unit: Unit, numbers: Iterable[int]) -> dict[int, int]:
    """The numbers that stand for these now: themselves, or what they were merged into; unknown ones are left out."""
    found: dict[int, int] = {}
    for some in chunks(sorted(numbers)):
        there = unit.connection.execute(select(titles.c.id).where(unit.among(titles.c.id, some))).scalars()
        found.update((each, each) for each in there)
        aliases = select(title_aliases.c.old_id, title_aliases.c.title_id)
        merged = unit.connection.execute(aliases.where(unit.among(title_aliases.c.old_id, some)))
        found.update((each.old_id, each.title_id) for each in merged)
    return found
