package io.github.camelsora.internal.runtime.settings;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.camelsora.api.TaskListener;
import java.time.Duration;

/**
 * What holds for all endpoints of a component.
 *
 * @param ledger where the ledger is
 * @param leaseDuration how long a JVM may fail to renew its lease before others take over its tasks
 * @param keepDelivered how long a key is remembered after its delivery
 * @param maxConcurrentDownloads how many files are downloaded at the same time
 * @param listener watches tasks; does nothing when the user has none
 * @param buckets where buckets are that several JVMs share; null when they do not
 */
public record ComponentSettings(
        LedgerSettings ledger,
        Duration leaseDuration,
        Duration keepDelivered,
        int maxConcurrentDownloads,
        TaskListener listener,
        ProxyManager<String> buckets) {
    // It is renewed three times as often, which takes a round trip to a database.
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    // The vendor's last webhook comes 31 hours after an end.
    private static final Duration LEAST_KEPT = Duration.ofHours(72);

    public ComponentSettings {
        OptionRules.longerThanZero("leaseDuration", leaseDuration);
        if (leaseDuration.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("leaseDuration must be at least " + SHORTEST_LEASE.toMillis()
                    + " ms, not " + leaseDuration.toMillis() + " ms: it is renewed three times as often");
        }
        OptionRules.endsSomeDay("leaseDuration", leaseDuration);
        OptionRules.longerThanZero("keepDelivered", keepDelivered);
        if (keepDelivered.compareTo(LEAST_KEPT) < 0) {
            throw new IllegalArgumentException("keepDelivered must be at least " + LEAST_KEPT.toHours() + "h, not "
                    + keepDelivered.toMillis() + " ms: the vendor sends webhooks for more than a day after the end of a"
                    + " task, and a forgotten task would be delivered again");
        }
        OptionRules.atLeast("maxConcurrentDownloads", 1, maxConcurrentDownloads);
    }
}
