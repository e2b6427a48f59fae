package io.github.camelsora.internal.metrics;

/** The meters. Operators build dashboards and alerts on these names, so they stay as they are. */
public enum MeterName {
    SUBMITS("sora.submits", "submits", "Submits by outcome; only accepted ones were surely paid for"),
    SUBMIT_QUEUE("sora.submit.queue", "submits", "Submits that wait in this JVM to be sent"),
    ACCOUNT_PAUSES("sora.account.pauses", "pauses", "Pauses of an account by cause, as this JVM obeys them"),
    RATE_LIMITED("sora.rate.limited", "answers", "Answers 429 (too many requests) of the service"),
    TASKS_OPEN("sora.tasks.open", "tasks", "Tasks of the ledger that are not closed, by state, read every 15 s"),
    OLDEST_UNDELIVERED(
            "sora.tasks.oldest.undelivered",
            "seconds",
            "For how long the oldest result has waited for a delivery; 0 when none waits"),
    TASK_DURATION("sora.task.duration", null, "From the acceptance of a task until its end was seen"),
    POLLS("sora.polls", "polls", "Polls of running tasks by what was answered"),
    WEBHOOKS("sora.webhooks", "webhooks", "Requests at the webhook by what came of them"),
    WEBHOOK_LAG("sora.webhook.lag", null, "From the end of a task until its webhook arrived"),
    CREDITS("sora.credits", "credits", "Credits that were held, released, and charged by the service"),
    DELIVERIES("sora.deliveries", "deliveries", "Results that were delivered, or whose exchange failed"),
    DOWNLOAD_BYTES("sora.download.bytes", "bytes", "Bytes of files that were downloaded and stored whole"),
    LEDGER_LATENCY("sora.ledger.latency", null, "The time of calls to the ledger, failed ones included"),
    LEDGER_ERRORS("sora.ledger.errors", "errors", "Calls to the ledger that have failed");

    private final String text;
    private final String unit;
    private final String description;

    MeterName(String text, String unit, String description) {
        this.text = text;
        this.unit = unit;
        this.description = description;
    }

    /** The name as users see it. */
    public String text() {
        return text;
    }

    /** The unit; null for a timer, whose unit the registry chooses. */
    String unit() {
        return unit;
    }

    String description() {
        return description;
    }
}
