package io.github.camelsora.internal.poll.schedule;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The trust in webhooks of each account: the vendor sends them by account, so they come or stay away together. */
public final class WebhookReliabilities {
    private final ConcurrentMap<String, WebhookReliability> byAccount = new ConcurrentHashMap<>();

    public WebhookReliability of(String account) {
        return byAccount.computeIfAbsent(account, WebhookReliability::new);
    }
}
