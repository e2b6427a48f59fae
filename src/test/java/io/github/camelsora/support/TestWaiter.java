package io.github.camelsora.support;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.WaitHandle.Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A waiter in place of an exchange: it records its notifications, and the test ends its claim. */
public class TestWaiter implements TaskWaiter {
    /** The request of a submit, which is that of any record of its key. */
    public static final Request REQUEST = record -> Optional.empty();

    private final List<VideoTask> reached = new CopyOnWriteArrayList<>();
    private final List<SoraException> failures = new CopyOnWriteArrayList<>();
    private volatile TaskClaim claim;

    public final TestWaiter with(TaskClaim ownClaim) {
        claim = ownClaim;
        return this;
    }

    @Override
    public void onReached(VideoTask task) {
        reached.add(task);
    }

    @Override
    public void onFailed(SoraException reason) {
        failures.add(reason);
    }

    public TaskClaim claim() {
        return claim;
    }

    /** How often it was notified. More than once would continue its exchange twice. */
    public int timesNotified() {
        return reached.size() + failures.size();
    }

    public VideoTask task() {
        if (timesNotified() != 1 || reached.size() != 1) {
            throw new AssertionError("It did not reach its goal once: " + this);
        }
        return reached.get(0);
    }

    public SoraException failure() {
        if (timesNotified() != 1 || failures.size() != 1) {
            throw new AssertionError("It did not fail once: " + this);
        }
        return failures.get(0);
    }

    @Override
    public String toString() {
        return "TestWaiter[reached=" + reached + ", failures=" + failures + "]";
    }
}
