package io.github.camelsora.internal.recovery;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.Backoff;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The search for one lost submit: at short intervals until awaitedUntil, and in all until giveUpAt. */
final class Search {
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    // Half a second of the default two minutes.
    private static final int FIRST_PAUSES_IN_A_WAIT = 240;

    final TaskKey key;
    final TaskRecord lost;
    final ServiceProfile service;
    final SubmissionUnknownException failure;
    final Backoff backoff;
    volatile Instant giveUpAt;
    /** True until the ledger has recorded that the answer was lost. */
    volatile boolean isUnwritten = true;

    volatile Instant awaitedUntil;
    volatile TimerQueue.Timer nextLookUp = TimerQueue.NONE;
    volatile int lookUps;

    Search(TaskRecord lost, ServiceProfile service, SubmissionUnknownException failure, Instant now) {
        this.key = TaskKey.of(lost);
        this.lost = lost;
        this.service = service;
        this.failure = failure;
        this.giveUpAt = service.timeouts().trackUntil(now);
        this.backoff = new Backoff(service.timeouts().recovery().dividedBy(FIRST_PAUSES_IN_A_WAIT), LONGEST_PAUSE);
    }

    boolean isFor(TaskRecord record) {
        return Objects.equals(lost.wireKey(), record.wireKey());
    }

    Duration pause() {
        return backoff.after(lookUps);
    }

    TaskRecord unknown() {
        return lost.withState(TaskState.UNKNOWN).trackedUntil(giveUpAt);
    }
}
