package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.cluster.Housekeeper;
import io.github.camelsora.support.TaskTestSupport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What the timer runs again, because it broke off, does all the same what it is there for. */
class TimerActionsTest extends TaskTestSupport {
    private boolean isWithoutMemory;
    private final List<Runnable> handedOut = new ArrayList<>();

    @Test
    void aHousekeeperThatCouldNeitherRunNorScheduleRunsAgain() {
        Executor own = action -> {
            dieWithoutMemory();
            handedOut.add(action);
        };
        TaskLedger dying = (TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    dieWithoutMemory();
                    return method.invoke(ledger, arguments);
                });
        Housekeeper housekeeper = new Housekeeper(
                dying,
                lease,
                engine.pauses,
                engine.failover,
                engine.leaseLoss,
                engine.lostPolls,
                engine.phase,
                notifier,
                timers,
                own,
                List::of,
                Duration.ofDays(1));
        housekeeper.trigger();
        handedOut.remove(0).run();
        leaveUndone(LEASE.dividedBy(3));

        isWithoutMemory = true;
        timers.runDue();
        isWithoutMemory = false;
        leaveUndone(Duration.ofSeconds(2));
        timers.runDue();

        assertThat(handedOut).hasSize(1);
    }

    private void dieWithoutMemory() {
        if (isWithoutMemory) {
            throw new OutOfMemoryError("thrown by a test");
        }
    }
}
