"""The store into files: CSV, JSON, NDJSON, Parquet, and a ZIP in the layout of Trakt's own. Never changes the store."""
