"""Columns of many rows at once, out of either database.

On SQLite they are gathered by the database into one text a column, which Arrow takes apart: as fast as an Arrow driver
and safe (a driver with an SQLite of its own must not open the file, see `engine.sqlite`). On PostgreSQL an Arrow driver
reads. No value becomes an object of Python on its way.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, Final, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

Form = Literal["number", "real", "flag", "text", "id", "json"]
"""number: whole ones · real: others · flag: true or false · text · id: texts of 36 characters, none missing · json:
lists kept as text."""
_ID_LENGTH: Final = 36
_END: Final = "\x1f"
_MISSING: Final = "\x1e"
_TOLD: Final = "group_concat(ifnull({0}, char(30)), char(31))"
_NUMBERED: Final = "group_concat(ifnull({0}, ''))"
_GATHERED: Final[Mapping[Form, str]] = {
    "number": _NUMBERED,
    "real": _NUMBERED,
    "flag": _NUMBERED,
    "text": _TOLD,
    "id": "group_concat({0}, '')",
    "json": _TOLD,
}
_TYPES: Final[Mapping[Form, Any]] = {"number": pa.int64(), "real": pa.float64(), "flag": pa.int8()}
LISTS: Final = pa.list_(pa.string())


def of_sqlite(
    connection: Connection, columns: Mapping[str, Form], rest: str, *, head: str = "", **values: int
) -> pa.Table:
    """The table of a question.

    Args:
        columns: Expression to form; an expression is `table.column`.
        rest: What follows the columns in the statement, from FROM on; `head` goes before it all.
    """
    gathered = ", ".join(f"{_GATHERED[form].format(each)}, count({each})" for each, form in columns.items())
    count, *told = connection.exec_driver_sql(f"{head} SELECT count(*), {gathered} {rest}", values).one()
    arrays = []
    for (each, form), text, known in zip(columns.items(), told[::2], told[1::2], strict=True):
        found = _array(text, form)
        if (len(found), len(found) - found.null_count) != (
            count,
            known,
        ):  # a text that holds one of the marks, or is one
            whole = connection.exec_driver_sql(f"{head} SELECT json_group_array({each}) {rest}", values).scalar_one()
            found = _lists(strings(msgspec.json.decode(whole)), form)
        arrays.append(found)
    return pa.table(arrays, names=[_name(each) for each in columns])


def of_postgres(cursor: Any, columns: Mapping[str, Form], rest: str, *, head: str = "", **values: int) -> pa.Table:
    """The same through an Arrow driver's cursor."""
    whole = f"{head} SELECT {', '.join(columns)} {rest}"
    for name, value in values.items():
        whole = whole.replace(f":{name}", str(int(value)))
    cursor.execute(whole)
    table = cursor.fetch_arrow_table().rename_columns([_name(each) for each in columns])
    for place, (each, form) in enumerate(columns.items()):
        column = table.column(place).combine_chunks()
        if form == "json":
            column = _lists(column.cast(pa.string()), form)
        elif form in _TYPES:
            column = column.cast(_TYPES[form])
        table = table.set_column(place, _name(each), column)
    return table


def strings(values: Iterable[str | None]) -> pa.StringArray:
    """Texts as an array."""
    texts = list(values)
    told = [b"" if text is None else text.encode() for text in texts]
    ends = array("i", accumulate(map(len, told), initial=0))
    plain = _texts(pa.py_buffer(b"".join(told)), ends)
    known = pa.BooleanArray.from_buffers(pa.bool_(), len(texts), [None, _bits([text is not None for text in texts])])
    return pc.if_else(known, plain, pa.nulls(1, pa.string())[0])


def uuids(texts: pa.StringArray) -> pa.Array:
    """Ids of 36 characters, none missing, as what they mean: 16 bytes each."""
    told = texts.buffers()[2]
    plain = b"" if told is None else told[texts.offset * _ID_LENGTH : (texts.offset + len(texts)) * _ID_LENGTH]
    held = bytes.fromhex(bytes(plain).decode("ascii").replace("-", ""))
    bare = pa.Array.from_buffers(pa.binary(16), len(texts), [None, pa.py_buffer(held)])
    return pa.ExtensionArray.from_storage(pa.uuid(), bare)


def _one(text: str) -> pa.StringScalar:
    """A text as a scalar. Making one of an object of Python would load pandas where that is installed."""
    return _texts(pa.py_buffer(text.encode()), array("i", (0, len(text.encode()))))[0]


def _bits(flags: list[bool]) -> pa.Buffer:
    packed = bytearray((len(flags) + 7) // 8)
    for place, flag in enumerate(flags):
        packed[place >> 3] |= flag << (place & 7)
    return pa.py_buffer(bytes(packed))


def _texts(data: pa.Buffer, ends: array[int]) -> pa.StringArray:
    return pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), data)


def _array(text: str | None, form: Form) -> pa.Array:
    if form == "id":
        return _texts(pa.py_buffer((text or "").encode("ascii")), array("i", range(0, len(text or "") + 1, _ID_LENGTH)))
    if text is None:
        return pa.nulls(0, LISTS if form == "json" else _TYPES.get(form, pa.string()))
    between, missing = (",", "") if form in _TYPES else (_END, _MISSING)
    data = text.encode()
    parts = pc.split_pattern(_texts(pa.py_buffer(data), array("i", (0, len(data)))), between).values
    parts = pc.if_else(pc.equal(parts, _one(missing)), pa.nulls(1, pa.string())[0], parts)
    return parts.cast(_TYPES[form]) if form in _TYPES else _lists(parts, form)


def _lists(texts: pa.StringArray, form: Form) -> pa.Array:
    """The lists that texts hold; most texts are there many times, so that each is read once."""
    if form != "json":
        return texts
    coded = texts.dictionary_encode()
    read = [msgspec.json.decode(text) for text in coded.dictionary.to_pylist()]
    ends = array("i", accumulate((len(each) for each in read), initial=0))
    values = strings(one for each in read for one in each)
    lists = pa.ListArray.from_arrays(pa.Array.from_buffers(pa.int32(), len(ends), [None, pa.py_buffer(ends)]), values)
    return lists.take(coded.indices)


def _name(expression: str) -> str:
    return expression.rpartition(".")[2]
