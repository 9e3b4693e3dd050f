CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    is_default BOOLEAN DEFAULT 0 NOT NULL,
    day_start_min INTEGER NOT NULL,
    trakt_url TEXT,
    trakt_uuid TEXT,
    trakt_slug TEXT,
    trakt_vip BOOLEAN,
    trakt_limits TEXT,
    link_status TEXT,
    link_status_at BIGINT,
    link_reason TEXT,
    revision BIGINT DEFAULT 1 NOT NULL,
    created_at BIGINT NOT NULL,
    sync_due_at BIGINT,
    CONSTRAINT uq_accounts_trakt_url_trakt_uuid UNIQUE (trakt_url, trakt_uuid),
    CONSTRAINT uq_accounts_name_key UNIQUE (name_key)
);
CREATE INDEX ix_accounts_sync_due_at ON accounts (sync_due_at);
CREATE TABLE budgets (
    account TEXT NOT NULL,
    bucket TEXT NOT NULL,
    next_at BIGINT,
    rest_until BIGINT,
    taken BLOB,
    taken_by_copy BLOB,
    used_at BIGINT NOT NULL,
    CONSTRAINT pk_budgets PRIMARY KEY (account, bucket)
);
CREATE TABLE counters (
    name TEXT NOT NULL,
    next_id BIGINT NOT NULL,
    CONSTRAINT pk_counters PRIMARY KEY (name)
);
CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until_at BIGINT NOT NULL,
    CONSTRAINT pk_leases PRIMARY KEY (name)
);
CREATE TABLE schema_versions (
    revision TEXT NOT NULL,
    needs_version TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    CONSTRAINT pk_schema_versions PRIMARY KEY (revision)
);
CREATE TABLE titles (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    show_id INTEGER,
    season INTEGER,
    number INTEGER,
    name TEXT,
    year INTEGER,
    runtime_min INTEGER,
    genres TEXT,
    country TEXT,
    language TEXT,
    network TEXT,
    certification TEXT,
    released_on TEXT,
    first_aired_at BIGINT,
    rating FLOAT,
    votes BIGINT,
    status TEXT,
    aired_episodes INTEGER,
    sources TEXT,
    CONSTRAINT pk_titles PRIMARY KEY (id),
    CONSTRAINT fk_titles_show_id FOREIGN KEY(show_id) REFERENCES titles (id)
);
CREATE INDEX ix_titles_show_id ON titles (show_id);
CREATE UNIQUE INDEX ux_titles_episode ON titles (show_id, season, number) WHERE kind = 'episode';
CREATE UNIQUE INDEX ux_titles_season ON titles (show_id, season) WHERE kind = 'season';
CREATE TABLE written_files (
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    CONSTRAINT pk_written_files PRIMARY KEY (path)
);
CREATE TABLE account_zones (
    account_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    began_at BIGINT,
    zone TEXT NOT NULL,
    CONSTRAINT pk_account_zones PRIMARY KEY (account_id, place),
    CONSTRAINT fk_account_zones_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE TABLE credentials (
    account_id INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    access_token BLOB NOT NULL,
    refresh_token BLOB,
    issued_at BIGINT,
    expires_in_s BIGINT,
    renewing_at BIGINT,
    CONSTRAINT pk_credentials PRIMARY KEY (account_id),
    CONSTRAINT fk_credentials_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE TABLE cursors (
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_cursors PRIMARY KEY (account_id, name),
    CONSTRAINT fk_cursors_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE TABLE imports (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT,
    file_hash TEXT,
    began_at BIGINT NOT NULL,
    finished_at BIGINT,
    undone_at BIGINT,
    report TEXT,
    CONSTRAINT fk_imports_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX ix_imports_account_id ON imports (account_id);
CREATE TABLE lists (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    trakt_id BIGINT,
    slug TEXT,
    name TEXT NOT NULL,
    description TEXT,
    privacy TEXT,
    rank INTEGER,
    appeared_at BIGINT NOT NULL,
    disappeared_at BIGINT,
    CONSTRAINT fk_lists_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX ix_lists_account_id ON lists (account_id);
CREATE TABLE playback (
    account_id INTEGER NOT NULL,
    title_id INTEGER NOT NULL,
    progress_pct FLOAT NOT NULL,
    paused_at BIGINT,
    trakt_id BIGINT,
    CONSTRAINT pk_playback PRIMARY KEY (account_id, title_id),
    CONSTRAINT fk_playback_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_playback_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE TABLE plays (
    id TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    kind TEXT,
    title_id INTEGER,
    watched_at BIGINT,
    finished_at BIGINT,
    action TEXT,
    state TEXT NOT NULL,
    trakt_id BIGINT,
    place TEXT,
    created_at BIGINT NOT NULL,
    removed_at BIGINT,
    folded_into TEXT,
    revision BIGINT NOT NULL,
    CONSTRAINT pk_plays PRIMARY KEY (id),
    CONSTRAINT fk_plays_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_plays_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_plays_revision ON plays (account_id, revision);
CREATE INDEX ix_plays_state ON plays (account_id, state, kind);
CREATE INDEX ix_plays_time ON plays (account_id, watched_at);
CREATE INDEX ix_plays_title ON plays (account_id, title_id, watched_at);
CREATE INDEX ix_plays_title_id ON plays (title_id);
CREATE UNIQUE INDEX ux_plays_trakt ON plays (account_id, trakt_id);
CREATE TABLE ratings (
    id TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    title_id INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    rated_at BIGINT,
    community_rating FLOAT,
    community_votes BIGINT,
    community_at BIGINT,
    at_rating_time BOOLEAN,
    appeared_at BIGINT NOT NULL,
    disappeared_at BIGINT,
    CONSTRAINT pk_ratings PRIMARY KEY (id),
    CONSTRAINT fk_ratings_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_ratings_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_ratings_title_id ON ratings (title_id);
CREATE UNIQUE INDEX ux_ratings_present ON ratings (account_id, title_id) WHERE disappeared_at IS NULL;
CREATE TABLE title_aliases (
    old_id INTEGER NOT NULL,
    title_id INTEGER NOT NULL,
    CONSTRAINT pk_title_aliases PRIMARY KEY (old_id),
    CONSTRAINT fk_title_aliases_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_title_aliases_title_id ON title_aliases (title_id);
CREATE TABLE title_facts (
    title_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    facts TEXT NOT NULL,
    learned_at BIGINT NOT NULL,
    CONSTRAINT pk_title_facts PRIMARY KEY (title_id, source),
    CONSTRAINT fk_title_facts_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE TABLE title_ids (
    kind TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    title_id INTEGER NOT NULL,
    CONSTRAINT pk_title_ids PRIMARY KEY (kind, scheme, value),
    CONSTRAINT fk_title_ids_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_title_ids_title_id ON title_ids (title_id);
CREATE TABLE watching (
    account_id INTEGER NOT NULL,
    title_id INTEGER,
    action TEXT,
    progress_pct FLOAT,
    started_at BIGINT,
    expires_at BIGINT,
    CONSTRAINT pk_watching PRIMARY KEY (account_id),
    CONSTRAINT fk_watching_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_watching_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_watching_title_id ON watching (title_id);
CREATE TABLE import_changes (
    import_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    row_kind TEXT NOT NULL,
    row_key TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT pk_import_changes PRIMARY KEY (import_id, place),
    CONSTRAINT fk_import_changes_import_id FOREIGN KEY(import_id) REFERENCES imports (id) ON DELETE CASCADE
);
CREATE TABLE play_sources (
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    play_id TEXT NOT NULL,
    import_id INTEGER,
    arrived_at BIGINT NOT NULL,
    CONSTRAINT pk_play_sources PRIMARY KEY (account_id, kind, "key"),
    CONSTRAINT fk_play_sources_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_play_sources_play_id FOREIGN KEY(play_id) REFERENCES plays (id) ON DELETE CASCADE
);
CREATE INDEX ix_play_sources_import_id ON play_sources (import_id);
CREATE INDEX ix_play_sources_play_id ON play_sources (play_id);
CREATE TABLE shelf_entries (
    id TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    shelf TEXT NOT NULL,
    list_id INTEGER,
    title_id INTEGER NOT NULL,
    listed_at BIGINT,
    rank INTEGER,
    notes TEXT,
    trakt_id BIGINT,
    details TEXT,
    appeared_at BIGINT NOT NULL,
    disappeared_at BIGINT,
    CONSTRAINT pk_shelf_entries PRIMARY KEY (id),
    CONSTRAINT fk_shelf_entries_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_shelf_entries_list_id FOREIGN KEY(list_id) REFERENCES lists (id) ON DELETE CASCADE,
    CONSTRAINT fk_shelf_entries_title_id FOREIGN KEY(title_id) REFERENCES titles (id)
);
CREATE INDEX ix_shelf_entries_list_id ON shelf_entries (list_id);
CREATE INDEX ix_shelf_entries_title_id ON shelf_entries (title_id);
CREATE UNIQUE INDEX ux_shelf_entries_list ON shelf_entries (list_id, title_id) WHERE disappeared_at IS NULL AND list_id IS NOT NULL;
CREATE UNIQUE INDEX ux_shelf_entries_shelf ON shelf_entries (account_id, shelf, title_id) WHERE disappeared_at IS NULL AND list_id IS NULL;
