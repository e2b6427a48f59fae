-- Version 1 of the ledger of camel-sora, for PostgreSQL and H2 2.x. Run it as it is, say with psql -1 -f 1.sql;
-- running it twice does no harm.

-- Which of these scripts have been run.
CREATE TABLE IF NOT EXISTS sora_schema (
    version INTEGER NOT NULL PRIMARY KEY,
    applied_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- The JVMs that work on the ledger. One that has no line here is as dead as one whose lease is over.
CREATE TABLE IF NOT EXISTS sora_node (
    node VARCHAR NOT NULL PRIMARY KEY,
    lease_until TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- One row for each task that may have cost money. A column without a length must hold what was paid for, however long.
CREATE TABLE IF NOT EXISTS sora_task (
    account VARCHAR(200) NOT NULL,
    task_key VARCHAR(500) NOT NULL,
    -- INTENT, UNKNOWN, RUNNING, ENDED, DELIVERED, SET_ASIDE, REJECTED
    state VARCHAR(20) NOT NULL,
    -- The id that the service gave it.
    task_id VARCHAR,
    -- The key that its request carried to the service as client_business_id: the task's key and ten characters of this
    -- intent. By it the vendor's console finds the task.
    wire_key VARCHAR(520),
    -- The name by which a route asks for it.
    tag VARCHAR(200),
    -- The node that owns it; null when none does.
    owner VARCHAR,
    -- Say remix.
    operation VARCHAR NOT NULL,
    base_url VARCHAR NOT NULL,
    -- What was asked for, as JSON.
    request TEXT,
    -- How it ended, as JSON. Changes only when the address of a video turns up that was missing.
    result TEXT,
    -- Headers that are returned with the result, as JSON; null when there are none.
    carried_headers TEXT,
    -- How often a delivery to a route has failed.
    deliveries INTEGER NOT NULL,
    -- How often the row was changed. A change by hand must raise it, too.
    version BIGINT NOT NULL,
    created_at TIMESTAMP(3) WITH TIME ZONE,
    accepted_at TIMESTAMP(3) WITH TIME ZONE,
    ended_at TIMESTAMP(3) WITH TIME ZONE,
    -- When a route was notified that its submit is lost.
    loss_reported_at TIMESTAMP(3) WITH TIME ZONE,
    delivered_at TIMESTAMP(3) WITH TIME ZONE,
    -- Until when it is followed before it is set aside.
    track_until TIMESTAMP(3) WITH TIME ZONE,
    -- When its delivery to a route is due; null when none is.
    next_delivery TIMESTAMP(3) WITH TIME ZONE,
    -- Until when its video can be downloaded; the epoch when that is not known. What expires first is delivered first.
    expires_at TIMESTAMP(3) WITH TIME ZONE DEFAULT TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00' NOT NULL,
    -- The id of the video that it changes or continues.
    source_id VARCHAR,
    model VARCHAR,
    -- For whom it is made, where several share an account.
    tenant VARCHAR(200),
    -- In the queue of submits; 9 is first.
    priority INTEGER DEFAULT 4 NOT NULL,
    -- The id of the business process that asked for it.
    correlation_id VARCHAR(500),
    -- The trace of its submit, as the header traceparent writes it.
    trace_context VARCHAR,
    -- Its price in credits, as configured when the intent was written; null when no price was.
    credits NUMERIC(20, 4),
    -- What the service has said that it charged, in credits.
    charged NUMERIC(20, 4),
    -- Whether the book releases the price when the task fails.
    released_on_failure BOOLEAN DEFAULT FALSE NOT NULL,
    -- The task_key of a task that was submitted elsewhere and is awaited by its id; else empty: then its task has no other row.
    import_key VARCHAR(500) DEFAULT '' NOT NULL,
    PRIMARY KEY (account, task_key)
);

-- Records that an operator has had forgotten, so that they are not restored as lost ones; kept as long as delivered keys.
CREATE TABLE IF NOT EXISTS sora_forgotten (
    account VARCHAR(200) NOT NULL,
    task_key VARCHAR(500) NOT NULL,
    -- The wire key of the record; where it had none, the time at which it was created.
    incarnation VARCHAR(520) NOT NULL,
    -- Its task, which no later request may be answered with.
    task_id VARCHAR,
    forgotten_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- The accounts whose spending is limited. A submit locks its account by counting here, so that no two of them take the same room.
CREATE TABLE IF NOT EXISTS sora_account (
    account VARCHAR(200) NOT NULL PRIMARY KEY,
    bookings BIGINT NOT NULL
);

-- The book: the credits that are spent or held, by account, tenant and slice of ten minutes. It does not change when a record is
-- forgotten, retried or removed.
CREATE TABLE IF NOT EXISTS sora_book (
    account VARCHAR(200) NOT NULL,
    -- Empty for all submits of the account together.
    tenant VARCHAR(200) NOT NULL,
    slice TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    held NUMERIC(20, 4) NOT NULL,
    PRIMARY KEY (account, tenant, slice)
);

-- Accounts that send no new submits.
CREATE TABLE IF NOT EXISTS sora_pause (
    account VARCHAR(200) NOT NULL,
    -- The service at which it is paused; empty in the pause of an operator, which holds at all services.
    base_url VARCHAR NOT NULL,
    -- A truncated HMAC of the API key that the pause binds; empty in the pause of an operator, which binds all keys.
    key_fingerprint VARCHAR(16) NOT NULL,
    -- OPERATOR, KEY_REJECTED, NO_CREDITS
    cause VARCHAR(20) NOT NULL,
    reason VARCHAR NOT NULL,
    -- The operator, or the JVM which received the answer.
    actor VARCHAR NOT NULL,
    paused_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    -- The price of the submit that was rejected for lack of credits; null when it is not known.
    credits NUMERIC(20, 4),
    PRIMARY KEY (account, base_url, key_fingerprint)
);

-- The history of what happened to tasks by itself: one row for each change of a state, a task or a result. The rows of a task go with it.
CREATE TABLE IF NOT EXISTS sora_event (
    account VARCHAR(200) NOT NULL,
    task_key VARCHAR(500) NOT NULL,
    -- The version of the row in sora_task since then.
    version BIGINT NOT NULL,
    happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    -- Say SubmitAccepted.
    event VARCHAR(50) NOT NULL,
    from_state VARCHAR(20),
    to_state VARCHAR(20),
    -- The JVM that has written it.
    node VARCHAR NOT NULL,
    detail VARCHAR(1000)
);

-- The history of what operators did: one row for each action. They stay for a year.
CREATE TABLE IF NOT EXISTS sora_action (
    account VARCHAR(200) NOT NULL,
    -- Null in an action on the whole account.
    task_key VARCHAR(500),
    -- As in sora_event, and 0 of an action that has changed no row.
    version BIGINT NOT NULL,
    happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    event VARCHAR(50) NOT NULL,
    from_state VARCHAR(20),
    to_state VARCHAR(20),
    node VARCHAR NOT NULL,
    detail VARCHAR(1000),
    -- The operator, or the JVM that has paused or resumed an account by itself.
    actor VARCHAR(200) NOT NULL
);

-- A task by its id; by the key that was sent; by the id of its process; by the video that it was made from; what is due for delivery, in its order; what has no live owner; what was kept
-- long enough; the newest ones, in the order in which an operator lists them.
CREATE UNIQUE INDEX IF NOT EXISTS sora_task_id ON sora_task (account, task_id, import_key);
CREATE INDEX IF NOT EXISTS sora_task_wire_key ON sora_task (account, wire_key);
CREATE INDEX IF NOT EXISTS sora_task_correlation ON sora_task (correlation_id, account);
CREATE INDEX IF NOT EXISTS sora_task_source ON sora_task (account, source_id);
CREATE INDEX IF NOT EXISTS sora_task_due ON sora_task (account, state, expires_at, next_delivery, tag);
CREATE INDEX IF NOT EXISTS sora_task_state ON sora_task (state, account, owner, created_at);
CREATE INDEX IF NOT EXISTS sora_task_delivered ON sora_task (delivered_at);
CREATE INDEX IF NOT EXISTS sora_task_newest ON sora_task (created_at DESC NULLS LAST, account, task_key);
CREATE INDEX IF NOT EXISTS sora_event_key ON sora_event (account, task_key);
CREATE INDEX IF NOT EXISTS sora_action_key ON sora_action (task_key, account);
CREATE INDEX IF NOT EXISTS sora_action_time ON sora_action (happened_at);
CREATE INDEX IF NOT EXISTS sora_action_account ON sora_action (account, happened_at);
CREATE INDEX IF NOT EXISTS sora_book_slice ON sora_book (slice);
CREATE INDEX IF NOT EXISTS sora_forgotten_key ON sora_forgotten (task_key, account);
CREATE INDEX IF NOT EXISTS sora_forgotten_task ON sora_forgotten (task_id, account);
CREATE INDEX IF NOT EXISTS sora_forgotten_at ON sora_forgotten (forgotten_at);

INSERT INTO sora_schema (version, applied_at)
SELECT 1, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM sora_schema WHERE version = 1);
