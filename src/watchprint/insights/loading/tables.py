"""The Arrow tables that the engine loads, and their schemas. Titles stand once, plays point to them.

The schemas of what callers may hand in as Arrow are `PLAYS` and `RATINGS`: the columns of `rows.PlayRow` and
`rows.RatingRow`, all optional but `id`, `watched_at` and `kind` (`rated_at`, `rating` and `kind`). Computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")

_TITLE_FACTS = [
    ("name", pa.string()),
    ("year", pa.int32()),
    ("runtime_min", pa.int32()),
    ("released_on", pa.date32()),
    ("genres", pa.list_(pa.string())),
    ("country", pa.string()),
    ("language", pa.string()),
    ("network", pa.string()),
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
    ("account_id", pa.int64()),
]
PLAYS: dict[str, pa.DataType | None] = dict(
    [("id", None), ("watched_at", INSTANT), ("action", pa.string()), ("kind", pa.string()), *_FLAT]
)
RATINGS: dict[str, pa.DataType | None] = dict(
    [("rated_at", INSTANT), ("rating", pa.int32()), ("kind", pa.string()), *_FLAT]
)

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
_POINTERS = [("kind", pa.string()), ("title_id", pa.int64()), ("show_id", pa.int64())]
LOADED_RATINGS = pa.schema([("account_id", pa.int64()), ("rated_at", INSTANT), ("rating", pa.int32()), *_POINTERS])


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
