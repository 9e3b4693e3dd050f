"""An account's plays and ratings as Arrow tables in the columns of `insights.PlayRow` and `insights.RatingRow`.

One snapshot. Plays that are removed are not in it. The genres, country, … of an episode are those of its show.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from watchprint.store.lens.columns import Form, strings

INSTANT: Final = pa.timestamp("us", tz="UTC")


class Ask(Protocol):
    """Columns and the rest of a statement in, a table out; `:account` in the statement is the account."""

    def __call__(self, columns: Mapping[str, Form], rest: str, *, head: str = "") -> pa.Table: ...


PLAYS: Final[dict[str, Form]] = {
    "plays.id": "id", "plays.watched_at": "number", "plays.kind": "text", "plays.action": "text",
    "plays.title_id": "number", "plays.place": "text",
}  # fmt: skip
RATINGS: Final[dict[str, Form]] = {
    "ratings.title_id": "number", "ratings.rating": "number", "ratings.rated_at": "number",
    "ratings.community_rating": "real", "ratings.community_votes": "number", "ratings.at_rating_time": "flag",
}  # fmt: skip
TITLES: Final[dict[str, Form]] = {
    "titles.id": "number", "titles.kind": "text", "titles.show_id": "number", "titles.season": "number",
    "titles.number": "number", "titles.name": "text", "titles.year": "number", "titles.runtime_min": "number",
    "titles.genres": "json", "titles.country": "text", "titles.language": "text", "titles.network": "text",
    "titles.released_on": "text", "titles.first_aired_at": "number", "titles.aired_episodes": "number",
    "titles.rating": "real", "titles.votes": "number", "titles.status": "text",
}  # fmt: skip
_OF_ACCOUNT: Final = "FROM plays WHERE account_id = :account AND removed_at IS NULL"
RATED: Final = "FROM ratings WHERE account_id = :account AND disappeared_at IS NULL"
_REFERRED: Final = """FROM titles WHERE id IN (
    SELECT title_id FROM plays WHERE account_id = :account AND removed_at IS NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account AND disappeared_at IS NULL)"""
_MET: Final = """WITH mine AS MATERIALIZED (
    SELECT title_id FROM plays WHERE account_id = :account AND title_id IS NOT NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account),
shows AS MATERIALIZED (
    SELECT DISTINCT show_id FROM titles WHERE id IN (SELECT title_id FROM mine) AND show_id IS NOT NULL)"""
OF_MET: Final = """FROM titles WHERE {0}id IN (SELECT title_id FROM mine) OR {0}id IN (SELECT show_id FROM shows)
    OR ({0}show_id IN (SELECT show_id FROM shows) AND kind = 'episode' AND first_aired_at IS NOT NULL)"""
_LAST: Final = "FROM (SELECT max(id) AS id FROM titles) AS titles"
_SCANNED: Final = 4
"""A store with no more than so many numbers of titles a play of the account is read from end to end, which is faster
than looking up one title after the other."""
_SLUGS: Final[dict[str, Form]] = {"title_ids.title_id": "number", "title_ids.value": "text"}
_SLUGGED: Final = "FROM title_ids WHERE scheme = 'slug' AND kind IN ('movie', 'show')"
_NAMED_ONE_BY_ONE: Final = 200
"""The slugs of no more titles than these are looked up, those of more are read all."""
_WHOLE: Final = {
    "season": pa.int32(), "number": pa.int32(), "year": pa.int32(), "runtime_min": pa.int32(),
    "aired_episodes": pa.int32(), "rating": pa.float64(), "votes": pa.int64(),
}  # fmt: skip
_INHERITED: Final = ("genres", "country", "language", "network", "year")
_FACTS: Final = (
    "kind", "season", "number", "name", "year", "runtime_min", "released_on", "first_aired_at", "genres", "country",
    "language", "network", "aired_episodes", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountRows:
    """What insights are computed from: `insights.load(plays=rows.plays, ratings=rows.ratings)`.

    Attributes:
        revision: The account's, of which the rows are.
        plays: One row a play, in the columns of `insights.PlayRow`.
        ratings: One row a rating, in the columns of `insights.RatingRow`.
    """

    revision: int
    plays: pa.Table
    ratings: pa.Table


@dataclass(frozen=True, slots=True)
class AccountTables:
    """The same with titles apart: `insights.prepared(plays=…, titles=…, ratings=…)`, several times as fast to load.

    Attributes:
        revision: The account's, of which the tables are.
        plays: One row a play, which points to its title and show.
        titles: What is played or rated, the shows of these, and the episodes of these shows that have an air date.
        ratings: One row a rating.
    """

    revision: int
    plays: pa.Table
    titles: pa.Table
    ratings: pa.Table

    @property
    def known(self) -> int:
        """The highest number of a title among them, which `Store.changes` asks for; 0 where there is none."""
        return max(self.titles.column("title_id").to_pylist(), default=0)


def rows(ask: Ask, account_id: int, revision: int) -> AccountRows:
    """The account's rows, asked for within one snapshot."""
    plays, ratings = ask(PLAYS, _OF_ACCOUNT), ask(RATINGS, RATED)
    titles = titles_of(ask(TITLES, _REFERRED))
    shows = titles_of(ask(TITLES, f"FROM titles WHERE id IN ({_shows(titles)})"))
    book = _flat(titles, shows)
    return AccountRows(revision, _played(plays, book, account_id), _rated(ratings, book, account_id))


def tables(ask: Ask, account_id: int, revision: int) -> AccountTables:
    """The account's plays and ratings, and apart from them the titles they point to; one snapshot."""
    plays, ratings = ask(PLAYS, _OF_ACCOUNT), ask(RATINGS, RATED)
    last = _column(ask({"titles.id": "number"}, _LAST), "id")[0].as_py() or 0
    met = titles_of(ask(TITLES, OF_MET.format("+" if last <= _SCANNED * len(plays) else ""), head=_MET))
    return made(ask, AccountTables(revision, plays, _in_use(met, plays, ratings), ratings), account_id)


def made(ask: Ask, read: AccountTables, account_id: int) -> AccountTables:
    """The tables out of the columns that were read; the titles are all to which the others point."""
    plays, titles, ratings = read.plays, _with_shows(read.titles), read.ratings
    few = len(titles) <= _NAMED_ONE_BY_ONE
    these = ", ".join(str(int(each)) for each in _column(titles, "id").to_pylist()) or "NULL" if few else ""
    slugs = ask(_SLUGS, f"{_SLUGGED} AND title_id IN ({these})" if few else _SLUGGED)
    return AccountTables(
        read.revision,
        _pointing(plays, titles, {"play_id": _column(plays, "id"), **_watched(plays)}, account_id),
        _told(titles, slugs),
        _pointing(ratings, titles, _judged(ratings), account_id),
    )


def _in_use(met: pa.Table, plays: pa.Table, ratings: pa.Table) -> pa.Table:
    """What is played or rated, the shows of these, and episodes of shows that are played, where they have an air date.

    The statement also finds what only removed plays and ratings of once refer to.
    """
    ids, shows = _column(met, "id"), _column(met, "show_id")
    played = pc.is_in(ids, _column(plays, "title_id"))
    mine = pc.or_(played, pc.is_in(ids, _column(ratings, "title_id")))
    used = pc.or_(mine, pc.is_in(ids, shows.filter(mine).unique().drop_null()))
    aired = pc.and_(
        pc.equal(_column(met, "kind"), strings(["episode"])[0]), pc.is_valid(_column(met, "first_aired_at"))
    )
    watched = pc.is_in(shows, shows.filter(played).unique().drop_null())
    used = pc.or_(used, pc.and_(aired, watched))
    return met if pc.all(used).as_py() else met.filter(used)


def _shows(titles: pa.Table) -> str:
    known = _column(titles, "show_id").unique().to_pylist()
    return ", ".join(str(int(show)) for show in known if show is not None) or "NULL"


def _with_shows(titles: pa.Table) -> pa.Table:
    """The titles; the genres, country, … of an episode are those of its show, and never its own."""
    where = pc.index_in(_column(titles, "show_id"), _column(titles, "id"))
    for name in _INHERITED:
        titles = _set(titles, name, _of_show(titles, _column(titles, name).take(where), name))
    return titles


def _of_show(titles: pa.Table, of_shows: pa.Array, name: str) -> pa.Array:
    return pc.if_else(pc.is_null(_column(titles, "show_id")), _column(titles, name), of_shows)


def _told(titles: pa.Table, slugs: pa.Table) -> pa.Table:
    ids = _column(titles, "id")
    named = pc.index_in(ids, _column(slugs, "title_id").cast(pa.int64()))
    told = {name: _column(titles, name) for name in _FACTS}
    return pa.table(
        {
            "title_id": ids,
            "key": ids.cast(pa.string()),
            "slug": _column(slugs, "value").cast(pa.string()).take(named),
            "show_id": _column(titles, "show_id"),
            **told,
            "community_rating": _column(titles, "rating"),
            "community_votes": _column(titles, "votes"),
        }
    )


def _pointing(rows_: pa.Table, titles: pa.Table, own: Mapping[str, Any], account_id: int) -> pa.Table:
    title_ids = _column(rows_, "title_id").cast(pa.int64())
    where = pc.index_in(title_ids, _column(titles, "id"))
    kinds = _column(titles, "kind").cast(pa.string()).take(where)
    if "kind" in own:
        kinds = pc.coalesce(own["kind"], kinds)
    is_show = pc.equal(kinds, strings(["show"])[0])
    shows = pc.if_else(is_show, title_ids, _column(titles, "show_id").take(where))
    whose = _whose(account_id, len(rows_))
    return pa.table({**own, "account_id": whose, "kind": kinds, "title_id": title_ids, "show_id": shows})


def _watched(plays: pa.Table) -> dict[str, Any]:
    at = _column(plays, "watched_at").cast(pa.int64()).cast(INSTANT)
    names, kinds = _places(_column(plays, "place"))
    return {
        "watched_at": at,
        "watched_s": at.cast(pa.timestamp("s", tz="UTC"), safe=False).cast(pa.int64()),
        "kind": _column(plays, "kind").cast(pa.string()),
        "action": _column(plays, "action").cast(pa.string()),
        "place": names,
        "place_kind": kinds,
    }


def _judged(ratings: pa.Table) -> dict[str, Any]:
    return {
        "rated_at": _column(ratings, "rated_at").cast(pa.int64()).cast(INSTANT),
        "rating": _column(ratings, "rating").cast(pa.int32()),
        "community_rating": _column(ratings, "community_rating").cast(pa.float64()),
        "community_votes": _column(ratings, "community_votes").cast(pa.int64()),
        "at_rating_time": _column(ratings, "at_rating_time").cast(pa.bool_()),
    }


def _places(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """What the places are called and of which kind they are, out of their JSON; most plays have none."""
    if texts.null_count == len(texts):
        nothing = pa.nulls(len(texts), pa.string())
        return nothing, nothing
    found = [{} if text is None else msgspec.json.decode(text) for text in texts.to_pylist()]
    name, kind = (strings(place.get(each) for place in found) for each in ("name", "kind"))
    return name, kind


def titles_of(table: pa.Table) -> pa.Table:
    """Titles as they were read, in the types that insights read."""
    for name, kind in _WHOLE.items():
        table = _set(table, name, _column(table, name).cast(kind))
    for name in ("id", "show_id"):
        table = _set(table, name, _column(table, name).cast(pa.int64()))
    aired_on = _column(table, "first_aired_at").cast(pa.int64()).cast(INSTANT).cast(pa.date32(), safe=False)
    on = pc.coalesce(_column(table, "released_on").cast(pa.string()).cast(pa.date32()), aired_on)
    aired_at = _column(table, "first_aired_at").cast(pa.int64()).cast(INSTANT)
    return _set(_set(table, "released_on", on), "first_aired_at", aired_at)


def _flat(titles: pa.Table, shows: pa.Table) -> pa.Table:
    """One row a title, with what it takes from its show."""
    where = pc.index_in(_column(titles, "show_id"), _column(shows, "id"))
    flat = titles.rename_columns({"id": "title", "show_id": "show"})
    for name in _INHERITED:
        flat = _set(flat, name, _of_show(titles, _column(shows, name).take(where), name))
    flat = flat.append_column("show_name", _column(shows, "name").take(where))
    return flat.append_column("show_runtime_min", _column(shows, "runtime_min").take(where))


def _played(plays: pa.Table, book: pa.Table, account_id: int) -> pa.Table:
    own = {"id": _column(plays, "id"), **_watched(plays)}
    del own["watched_s"], own["kind"]
    told = book.drop_columns(["aired_episodes", "rating", "votes", "status"])
    table = _joined(plays, told, own, account_id)
    return _set(table, "kind", pc.coalesce(_column(plays, "kind").cast(pa.string()), _column(table, "kind")))


def _rated(ratings: pa.Table, book: pa.Table, account_id: int) -> pa.Table:
    own = _judged(ratings)
    told = book.drop_columns(["aired_episodes", "rating", "votes", "status", "first_aired_at"])
    return _joined(ratings, told, own, account_id)


def _joined(rows_: pa.Table, book: pa.Table, own: Mapping[str, Any], account_id: int) -> pa.Table:
    where = pc.index_in(_column(rows_, "title_id").cast(pa.int64()), _column(book, "title"))
    told = {name: _column(book, name).take(where) for name in book.column_names}
    whose = _whose(account_id, len(rows_))
    return pa.table({**own, **told, "account_id": whose})


def _whose(account_id: int, count: int) -> pa.Array:
    one = pa.Array.from_buffers(pa.int64(), 1, [None, pa.py_buffer(array("q", (account_id,)))])
    return pa.repeat(one[0], count)


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _set(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)
