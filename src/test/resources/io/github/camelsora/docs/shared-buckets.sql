CREATE TABLE bucket (id VARCHAR PRIMARY KEY, state BYTEA, expires_at BIGINT);
