package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.time.GuardedCall;

/** Notifies the user's listener of each task that is seen, and the webhook statistics of each completion. */
public final class TaskObserver {
    private final TaskListener listener;
    private final WebhookReliability.ByAccount webhooks;

    public TaskObserver(TaskListener listener, WebhookReliability.ByAccount webhooks) {
        this.listener = listener;
        this.webhooks = webhooks;
    }

    void seen(VideoTask seen) {
        GuardedCall.run("The task listener, which was shown task " + seen.id() + ",", () -> listener.seen(seen));
    }

    void completed(String account, CompletionSource source) {
        webhooks.of(account).onCompleted(source);
    }
}
