CREATE TABLE kept_tables (
    account_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    form TEXT NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT pk_kept_tables PRIMARY KEY (account_id),
    CONSTRAINT fk_kept_tables_account_id FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
