"""The Arrow types of what a job gives back, from the row types of the insights. Computes nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import inspect

_PLAIN: dict[Any, pa.DataType] = {
    inspect.StrType: pa.string(),
    inspect.IntType: pa.int64(),
    inspect.FloatType: pa.float64(),
    inspect.BoolType: pa.bool_(),
    inspect.DateType: pa.date32(),
    inspect.LiteralType: pa.string(),
}
EFFECT = {"trait": pa.string(), "sentence": pa.string(), "estimate": pa.float64(), "expected": pa.float64(),
          "error": pa.float64(), "z": pa.float64(), "n": pa.int64()}  # fmt: skip
"""What is said of an effect."""


@cache
def row_type(row: type[msgspec.Struct], ids: pa.DataType) -> pa.DataType:
    """The Arrow type of a row.

    Args:
        row: the row type of an insight.
        ids: the type of the ids of plays, which are whole numbers or texts.

    Raises:
        TypeError: a field has a type that has no place in a table.
    """
    info = inspect.type_info(row)
    assert isinstance(info, inspect.StructType)
    return pa.struct([pa.field(field.name, _of(field.name, field.type, ids)) for field in info.fields])


def _of(name: str, info: Any, ids: pa.DataType) -> pa.DataType:
    if isinstance(info, inspect.UnionType):
        of = [each for each in info.types if not isinstance(each, inspect.NoneType)]
        kinds = {type(each) for each in of}
        if kinds == {inspect.IntType, inspect.StrType}:
            return ids
        if kinds == {inspect.IntType, inspect.FloatType}:
            return pa.float64()
        if len(of) == 1:
            return _of(name, of[0], ids)
    if isinstance(info, inspect.ListType | inspect.VarTupleType):
        return pa.list_(_of(name, info.item_type, ids))
    if isinstance(info, inspect.StructType):
        return row_type(info.cls, ids)
    if isinstance(info, inspect.DateTimeType):  # what the wall clock showed has no zone, an instant is in UTC
        return pa.timestamp("us") if "local" in name else pa.timestamp("us", tz="UTC")
    if type(info) in _PLAIN:
        return _PLAIN[type(info)]
    raise TypeError(f"The field {name} is of {info!r}, which has no place in a table.")


def answer_schema(row: type[msgspec.Struct], ids: pa.DataType) -> pa.Schema:
    """The schema of the answers of many accounts: one row an account, its rows a list in it."""
    left_out = pa.struct([("reason", pa.string()), ("plays", pa.int64())])
    return pa.schema(
        [
            ("account_id", pa.int64()),
            ("n", pa.int64()),
            ("coverage", pa.float64()),
            ("left_out", pa.list_(left_out)),
            ("facts", pa.string()),
            ("notes", pa.list_(pa.string())),
            ("effects", pa.list_(pa.struct([*EFFECT.items()]))),
            ("rows", pa.list_(row_type(row, ids))),
        ]
    )
