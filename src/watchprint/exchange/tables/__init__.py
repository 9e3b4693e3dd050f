"""Tables as files: CSV, JSON, NDJSON and Parquet, all with declared columns. Writes rows as they come; keeps none."""

from __future__ import annotations

from watchprint.exchange.tables.columns import Column, ColumnType, Row, Table, TableWriter

__all__ = ["Column", "ColumnType", "Row", "Table", "TableWriter"]
