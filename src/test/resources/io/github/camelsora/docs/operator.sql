-- What an operator has to check: submits whose answer was lost, and tasks that were set aside.
SELECT task_key, wire_key, task_id, state, created_at, deliveries FROM sora_task
WHERE state IN ('UNKNOWN', 'SET_ASIDE') ORDER BY created_at;

-- Results, and reports of lost submits, that wait for a sora:tasks route, by tag.
SELECT tag, COUNT(*), MIN(next_delivery) FROM sora_task WHERE next_delivery IS NOT NULL GROUP BY tag;

-- Results that no route has received, and that ended more than 18 hours ago. The service keeps a video for 24 hours.
SELECT task_key, tag, ended_at FROM sora_task
WHERE state = 'ENDED' AND ended_at < CURRENT_TIMESTAMP - INTERVAL '18' HOUR ORDER BY ended_at;

-- The tasks of a business process, and what they cost.
SELECT task_key, task_id, state, source_id, credits, charged FROM sora_task
WHERE account = 'default' AND correlation_id = 'order-4711';

-- The JVMs that share the ledger, and how many records each owns.
SELECT node, lease_until, (SELECT COUNT(*) FROM sora_task WHERE owner = node) FROM sora_node;

-- What a limit of 24 hours counts now for each account and each tenant: also the slice that the window begins in. An empty
-- tenant is the whole account.
SELECT account, tenant, SUM(held) FROM sora_book
WHERE slice > CURRENT_TIMESTAMP - INTERVAL '1' DAY - INTERVAL '10' MINUTE
GROUP BY account, tenant ORDER BY account, tenant;

-- Makes room for 100 credits in the limits of an account, for example after a refund. For a tenant put its name.
UPDATE sora_book SET held = held - 100 WHERE account = 'default' AND tenant = '' AND slice =
(SELECT MAX(slice) FROM sora_book WHERE account = 'default' AND tenant = '' AND held >= 100);

-- Delivers every task again that has ended and was set aside, as the action release does for one.
UPDATE sora_task SET state = 'ENDED', deliveries = 0, next_delivery = CURRENT_TIMESTAMP, version = version + 1
WHERE state = 'SET_ASIDE' AND result IS NOT NULL;
