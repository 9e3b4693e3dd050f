"""Rows held in DuckDB for a lens: loaded, marked, and amended where few of them change."""
