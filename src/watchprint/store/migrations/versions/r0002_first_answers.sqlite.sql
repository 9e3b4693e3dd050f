CREATE TABLE first_answers (
    name TEXT NOT NULL,
    account_id BIGINT,
    fingerprint TEXT NOT NULL,
    holder TEXT NOT NULL,
    until_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    key_id TEXT,
    answer BLOB,
    CONSTRAINT pk_first_answers PRIMARY KEY (name)
);
CREATE INDEX ix_first_answers_account_id ON first_answers (account_id);
CREATE INDEX ix_first_answers_made_at ON first_answers (made_at);
