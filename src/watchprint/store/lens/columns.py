"""Columns of many rows at once, out of either database.

On SQLite they are gathered by the database into one text a column, which is as fast as an Arrow driver and safe: a
driver with an SQLite of its own must not open the file (see `engine.sqlite`). On PostgreSQL an Arrow driver reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec
import pyarrow as pa
from sqlalchemy import Connection

Form = Literal["number", "flag", "text", "id", "json"]
"""number: integers and reals · flag: true or false · text · id: texts of 36 characters, none missing · json: lists kept
as text."""
_ID_LENGTH: Final = 36
_GATHERED: Final[Mapping[Form, str]] = {
    "number": "group_concat(ifnull({0}, 'null'))",
    "flag": "group_concat(CASE {0} WHEN 0 THEN 'false' WHEN 1 THEN 'true' ELSE 'null' END)",
    "text": "json_group_array({0})",
    "id": "group_concat({0}, '')",
    "json": "group_concat(ifnull({0}, 'null'))",
}
TYPES: Final[Mapping[Form, Any]] = {"text": pa.string(), "id": pa.string(), "json": pa.list_(pa.string())}


def of_sqlite(connection: Connection, columns: Mapping[str, Form], rest: str, **values: int) -> pa.Table:
    """The table of a question.

    Args:
        columns: Expression to form; an expression is `table.column`.
        rest: What follows the columns in the statement, from FROM on.
    """
    gathered = ", ".join(_GATHERED[form].format(each) for each, form in columns.items())
    row = connection.exec_driver_sql(f"SELECT {gathered} {rest}", values).one()
    arrays = [_array(text, form) for text, form in zip(row, columns.values(), strict=True)]
    return pa.table(arrays, names=[_name(each) for each in columns])


def of_postgres(cursor: Any, columns: Mapping[str, Form], rest: str, **values: int) -> pa.Table:
    """The same through an Arrow driver's cursor."""
    whole = f"SELECT {', '.join(columns)} {rest}"
    for name, value in values.items():
        whole = whole.replace(f":{name}", str(int(value)))
    cursor.execute(whole)
    table = cursor.fetch_arrow_table().rename_columns([_name(each) for each in columns])
    for place, (each, form) in enumerate(columns.items()):
        if form == "json":
            texts = ["null" if text is None else text for text in table.column(place).to_pylist()]
            table = table.set_column(place, _name(each), _array(",".join(texts), form))
    return table


def _array(text: str | None, form: Form) -> pa.Array:
    if form == "id":
        return _ids(text or "")
    if form == "text":
        return pa.array(msgspec.json.decode(text or "[]"), pa.string())
    values = msgspec.json.decode(f"[{text or ''}]")
    return pa.array(values, TYPES.get(form))


def _ids(text: str) -> pa.Array:
    """One text of ids, one after the other, as an array of ids; the text is its data."""
    count = len(text) // _ID_LENGTH
    offsets = pa.array(range(0, len(text) + 1, _ID_LENGTH), pa.int32())
    return pa.StringArray.from_buffers(count, offsets.buffers()[1], pa.py_buffer(text.encode("ascii")))


def _name(expression: str) -> str:
    return expression.rpartition(".")[2]
