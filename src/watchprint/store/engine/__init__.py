"""How the databases are spoken to: SQLite with one writer thread, PostgreSQL with a pool; nothing of what is kept."""
