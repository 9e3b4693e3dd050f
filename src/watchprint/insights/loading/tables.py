"""The Arrow tables that the engine loads, and their schemas. Titles stand once, plays point to them.

The schemas of what callers may hand in as Arrow are `PLAYS` and `RATINGS`: the columns of `rows.PlayRow` and
`rows.RatingRow`, all optional but `id`, `watched_at` and `kind` (`rated_at`, `rating` and `kind`); `SAID` those of
`rows.TitleRow`. Whoever keeps titles apart hands in the tables themselves (`prepared`). Computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from watchprint.insights.errors import BadRows

INSTANT = pa.timestamp("us", tz="UTC")

_TITLE_FACTS = [
    ("name", pa.string()),
    ("year", pa.int32()),
    ("runtime_min", pa.int32()),
    ("released_on", pa.date32()),
    ("first_aired_at", INSTANT),
    ("genres", pa.list_(pa.string())),
    ("country", pa.string()),
    ("language", pa.string()),
    ("network", pa.string()),
    ("aired_episodes", pa.int32()),
    ("community_rating", pa.float64()),
    ("community_votes", pa.int64()),
    ("status", pa.string()),
]
FACTS = tuple(name for name, _ in _TITLE_FACTS)

_FLAT = [
    ("title", None),
    ("show", None),
    ("season", pa.int32()),
    ("number", pa.int32()),
    ("name", pa.string()),
    ("show_name", pa.string()),
    ("year", pa.int32()),
    ("runtime_min", pa.int32()),
    ("show_runtime_min", pa.int32()),
    ("genres", pa.list_(pa.string())),
    ("country", pa.string()),
    ("language", pa.string()),
    ("network", pa.string()),
    ("released_on", pa.date32()),
]
_NOTHING = pa.Array.from_buffers(pa.int32(), 1, [None, pa.py_buffer(bytes(4))])[0]
"""0, as a scalar that is not made of an object of Python: that would load pandas where it is installed."""
_WHOSE = ("account_id", pa.int64())
_PLACED = [("place", pa.string()), ("place_kind", pa.string())]
_COMMUNITY = [("community_rating", pa.float64()), ("community_votes", pa.int64())]
_JUDGED = [*_COMMUNITY, ("at_rating_time", pa.bool_())]
PLAYS: dict[str, pa.DataType | None] = dict(
    [("id", None), ("watched_at", INSTANT), ("action", pa.string()), ("kind", pa.string()), *_FLAT,
     ("first_aired_at", INSTANT), *_PLACED, _WHOSE]
)  # fmt: skip
RATINGS: dict[str, pa.DataType | None] = dict(
    [("rated_at", INSTANT), ("rating", pa.int32()), ("kind", pa.string()), *_FLAT, *_JUDGED, _WHOSE]
)
SAID: dict[str, pa.DataType | None] = dict(
    [("kind", pa.string()), *_FLAT, ("first_aired_at", INSTANT), ("aired_episodes", pa.int32()), *_COMMUNITY,
     ("status", pa.string())]
)  # fmt: skip
"""The columns of `rows.TitleRow`."""

TITLES = pa.schema(
    [
        ("title_id", pa.int64()),
        ("kind", pa.string()),
        ("key", pa.string()),
        ("slug", pa.string()),
        ("show_id", pa.int64()),
        ("season", pa.int32()),
        ("number", pa.int32()),
        *_TITLE_FACTS,
    ]
)
"""The table of titles as it is handed in; loaded, it also has `aired_s`, `first_aired_at` in seconds since 1970."""
_POINTERS = [("kind", pa.string()), ("title_id", pa.int64()), ("show_id", pa.int64())]
LOADED_RATINGS = pa.schema([_WHOSE, ("rated_at", INSTANT), ("rating", pa.int32()), *_POINTERS, *_JUDGED])


def loaded_plays(id_type: pa.DataType) -> pa.Schema:
    """The schema of the table of plays, whose ids are whole numbers or texts."""
    return pa.schema(
        [
            ("account_id", pa.int64()),
            ("play_id", id_type),
            ("watched_at", INSTANT),
            ("watched_s", pa.int64()),
            ("action", pa.string()),
            *_POINTERS,
            *_PLACED,
        ]
    )


def seconds(at: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Instants as whole seconds since 1970."""
    return at.cast(pa.timestamp("s", tz="UTC"), safe=False).cast(pa.int64())


@dataclass(frozen=True, slots=True)
class Tables:
    """What one lens looks at: plays, the titles they point to, and ratings."""

    plays: pa.Table
    titles: pa.Table
    ratings: pa.Table

    @property
    def loaded_titles(self) -> pa.Table:
        """The titles with `aired_s`."""
        return self.titles.append_column("aired_s", seconds(self.titles["first_aired_at"]))


def prepared(plays: pa.Table, titles: pa.Table, ratings: pa.Table) -> Tables:
    """The tables, handed in as they are loaded: plays and ratings point to titles by `title_id` and `show_id`.

    Raises:
        BadRows: a column is missing or of another type.
    """
    id_type = plays.schema.field("play_id").type if "play_id" in plays.column_names else pa.string()
    kept = []
    for table, schema in ((plays, loaded_plays(id_type)), (titles, TITLES), (ratings, LOADED_RATINGS)):
        if missing := [name for name in schema.names if name not in table.column_names]:
            raise BadRows(f"A prepared table lacks the column {', '.join(missing)}.")
        try:
            kept.append(table.select(schema.names).cast(schema))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise BadRows(f"A column of a prepared table is of an unexpected kind: {error}") from error
    kept[1] = _without_blanks(kept[1])
    return Tables(*kept)


def _without_blanks(titles: pa.Table) -> pa.Table:
    """Titles whose blank texts, and lengths and years of 0, say nothing."""
    for name in ("runtime_min", "year"):
        titles = _known(titles, name, pc.greater(titles[name], _NOTHING))
    for name in ("name", "country", "language", "network", "status"):
        titles = _known(titles, name, pc.greater(pc.binary_length(titles[name]), _NOTHING))
    return _known(titles, "genres", pc.greater(pc.list_value_length(titles["genres"]), _NOTHING))


def _known(titles: pa.Table, name: str, known: pa.ChunkedArray) -> pa.Table:
    column = titles[name]
    if pc.all(known).as_py() is not False:
        return titles
    told = pc.if_else(known, column, pa.nulls(1, column.type)[0])
    return titles.set_column(titles.column_names.index(name), name, told)
