"""An account's plays and ratings as Arrow tables in the columns of `insights.PlayRow` and `insights.RatingRow`.

One snapshot. Plays that are removed are not in it. What an episode does not have (genres, country, …) is its show's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from watchprint.store.lens.columns import Form

INSTANT: Final = pa.timestamp("us", tz="UTC")
Ask = Callable[[Mapping[str, Form], str], pa.Table]
"""Columns and the rest of a statement in, a table out; `:account` in the statement is the account."""

_PLAYS: Final[dict[str, Form]] = {
    "plays.id": "id", "plays.watched_at": "number", "plays.kind": "text", "plays.action": "text",
    "plays.title_id": "number", "plays.place": "text",
}  # fmt: skip
_RATINGS: Final[dict[str, Form]] = {
    "ratings.title_id": "number", "ratings.rating": "number", "ratings.rated_at": "number",
    "ratings.community_rating": "number", "ratings.community_votes": "number", "ratings.at_rating_time": "flag",
}  # fmt: skip
_TITLES: Final[dict[str, Form]] = {
    "titles.id": "number", "titles.kind": "text", "titles.show_id": "number", "titles.season": "number",
    "titles.number": "number", "titles.name": "text", "titles.year": "number", "titles.runtime_min": "number",
    "titles.genres": "json", "titles.country": "text", "titles.language": "text", "titles.network": "text",
    "titles.released_on": "text", "titles.first_aired_at": "number", "titles.aired_episodes": "number",
    "titles.rating": "number", "titles.votes": "number", "titles.status": "text",
}  # fmt: skip
_OF_ACCOUNT: Final = "FROM plays WHERE account_id = :account AND removed_at IS NULL"
_RATED: Final = "FROM ratings WHERE account_id = :account AND disappeared_at IS NULL"
_REFERRED: Final = """FROM titles WHERE id IN (
    SELECT title_id FROM plays WHERE account_id = :account AND removed_at IS NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account AND disappeared_at IS NULL)"""
_AIRED: Final = """FROM titles WHERE kind = 'episode' AND first_aired_at IS NOT NULL AND show_id IN (
    SELECT watched.show_id FROM titles AS watched JOIN plays ON plays.title_id = watched.id
    WHERE plays.account_id = :account AND plays.removed_at IS NULL) AND id NOT IN (
    SELECT title_id FROM plays WHERE account_id = :account AND removed_at IS NULL AND title_id IS NOT NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account AND disappeared_at IS NULL)"""
_SLUGS: Final[dict[str, Form]] = {"title_ids.title_id": "number", "title_ids.value": "text"}
_SLUGGED: Final = "FROM title_ids WHERE scheme = 'slug' AND kind IN ('movie', 'show')"
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


def rows(ask: Ask, account_id: int, revision: int) -> AccountRows:
    """The account's rows, asked for within one snapshot."""
    plays, ratings = ask(_PLAYS, _OF_ACCOUNT), ask(_RATINGS, _RATED)
    titles = _titles(ask(_TITLES, _REFERRED))
    shows = _titles(ask(_TITLES, f"FROM titles WHERE id IN ({_shows(titles)})"))
    book = _flat(titles, shows)
    return AccountRows(revision, _played(plays, book, account_id), _rated(ratings, book, account_id))


def tables(ask: Ask, account_id: int, revision: int) -> AccountTables:
    """The account's plays and ratings, and apart from them the titles they point to; one snapshot."""
    plays, ratings = ask(_PLAYS, _OF_ACCOUNT), ask(_RATINGS, _RATED)
    met = _titles(pa.concat_tables([ask(_TITLES, _REFERRED), ask(_TITLES, _AIRED)], promote_options="permissive"))
    shows = _titles(ask(_TITLES, f"FROM titles WHERE id IN ({_shows(met)})"))
    titles = _with_shows(met, shows)
    slugs = ask(_SLUGS, _SLUGGED)
    return AccountTables(
        revision,
        _pointing(plays, titles, {"play_id": _column(plays, "id"), **_watched(plays)}, account_id),
        _told(titles, slugs),
        _pointing(ratings, titles, _judged(ratings), account_id),
    )


def _shows(titles: pa.Table) -> str:
    known = _column(titles, "show_id").unique().to_pylist()
    return ", ".join(str(int(show)) for show in known if show is not None) or "NULL"


def _with_shows(titles: pa.Table, shows: pa.Table) -> pa.Table:
    """The titles and their shows, once each; an episode has the genres, country, … of its show."""
    where = pc.index_in(_column(titles, "show_id"), _column(shows, "id"))
    for name in _INHERITED:
        titles = _set(titles, name, pc.coalesce(_column(shows, name).take(where), _column(titles, name)))
    missing = pc.invert(pc.is_in(_column(shows, "id"), _column(titles, "id")))
    return pa.concat_tables([titles, shows.filter(missing)]).combine_chunks()


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
    is_show = pc.equal(kinds, "show")
    shows = pc.if_else(is_show, title_ids, _column(titles, "show_id").take(where))
    whose = pa.repeat(pa.scalar(account_id, pa.int64()), len(rows_))
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
    return tuple(pa.array([place.get(name) for place in found], pa.string()) for name in ("name", "kind"))


def _titles(table: pa.Table) -> pa.Table:
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
        flat = _set(flat, name, pc.coalesce(_column(shows, name).take(where), _column(titles, name)))
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
    whose = pa.repeat(pa.scalar(account_id, pa.int64()), len(rows_))
    return pa.table({**own, **told, "account_id": whose})


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _set(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)
