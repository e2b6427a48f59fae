package io.github.camelsora.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/** The names of a task are in the MDC for as long as its scope lasts, and the MDC of the thread is as before afterwards. */
class TaskScopeTest {
    @BeforeEach
    @AfterEach
    void clear() {
        MDC.clear();
    }

    private static Map<String, String> mdc() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null ? Map.of() : copy;
    }

    @Test
    void aScopeNamesItsTask() {
        try (TaskScope scope = TaskScope.of("key-1", "video_1", "process-1")) {
            assertThat(mdc())
                    .isEqualTo(
                            Map.of("sora.key", "key-1", "sora.taskId", "video_1", "sora.correlationId", "process-1"));
        }

        assertThat(mdc()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsNotNamed() {
        try (TaskScope scope = TaskScope.of("key-1", null, null)) {
            assertThat(mdc()).isEqualTo(Map.of("sora.key", "key-1"));
        }
    }

    @Test
    void theMdcOfTheCallerIsRestored() {
        MDC.put("sora.key", "of the caller");
        MDC.put("camel.routeId", "orders");

        try (TaskScope scope = TaskScope.of("key-1", "video_1", "process-1")) {
            assertThat(mdc()).hasSize(4).containsEntry("camel.routeId", "orders");
            MDC.put("set.inside", "stays");
        }

        assertThat(mdc())
                .isEqualTo(Map.of("sora.key", "of the caller", "camel.routeId", "orders", "set.inside", "stays"));
    }

    @Test
    void itIsRestoredAfterAFailure() {
        Throwable failure = catchThrowable(() -> {
            try (TaskScope scope = TaskScope.of("key-1", "video_1", "process-1")) {
                throw new IllegalStateException("broken");
            }
        });

        assertThat(failure).hasMessage("broken");
        assertThat(mdc()).isEmpty();
    }

    @Test
    void anInnerScopeOfTheSameTaskKeepsWhatTheOuterOneKnows() {
        try (TaskScope outer = TaskScope.of("key-1", null, "process-1");
                TaskScope inner = TaskScope.of("key-1", "video_1", null)) {
            assertThat(mdc())
                    .isEqualTo(
                            Map.of("sora.key", "key-1", "sora.taskId", "video_1", "sora.correlationId", "process-1"));
        }
    }

    @Test
    void anInnerScopeByTheSameIdKeepsTheKey() {
        try (TaskScope outer = TaskScope.of("key-1", "video_1", "process-1");
                TaskScope inner = TaskScope.of(null, "video_1", null)) {
            assertThat(mdc()).containsEntry("sora.key", "key-1").hasSize(3);
        }
    }

    @Test
    void anInnerScopeOfAnotherTaskInheritsNothing() {
        try (TaskScope outer = TaskScope.of("key-1", "video_1", "process-1");
                TaskScope inner = TaskScope.of("key-2", null, null)) {
            assertThat(mdc()).isEqualTo(Map.of("sora.key", "key-2"));
        }
    }

    @Test
    void anInnerScopeByAnotherIdInheritsNothing() {
        try (TaskScope outer = TaskScope.of("key-1", "video_1", "process-1");
                TaskScope inner = TaskScope.of(null, "video_2", null)) {
            assertThat(mdc()).isEqualTo(Map.of("sora.taskId", "video_2"));
        }
    }

    @Test
    void anActionThatRunsLaterRunsInTheScopeInWhichItWasMade() throws Exception {
        Map<String, String> seen = new HashMap<>();
        Map<String, String> after = new HashMap<>();
        Runnable action;
        try (TaskScope scope = TaskScope.of("key-1", "video_1", "process-1")) {
            action = TaskScope.inherited(() -> seen.putAll(mdc()));
        }

        Thread thread = new Thread(() -> {
            MDC.put("sora.key", "before");
            action.run();
            after.putAll(mdc());
        });
        thread.start();
        thread.join();

        assertThat(seen)
                .isEqualTo(Map.of("sora.key", "key-1", "sora.taskId", "video_1", "sora.correlationId", "process-1"));
        assertThat(after).isEqualTo(Map.of("sora.key", "before"));
    }

    @Test
    void anActionRunsAlsoWhenTheAdapterOfTheLogFails() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Field field = MDC.class.getDeclaredField("MDC_ADAPTER");
        field.setAccessible(true);
        Object adapter = field.get(null);
        Thread test = Thread.currentThread();
        field.set(
                null,
                Proxy.newProxyInstance(
                        MDC.class.getClassLoader(), new Class<?>[] {MDCAdapter.class}, (proxy, method, arguments) -> {
                            if (Thread.currentThread() == test) {
                                throw new IllegalStateException("The adapter is broken (simulated by the test)");
                            }
                            return method.invoke(adapter, arguments);
                        }));
        try {
            TaskScope.inherited(runs::incrementAndGet).run();
            try (TaskScope scope = TaskScope.of("key-1", "video_1", "process-1")) {
                runs.incrementAndGet();
            }
        } finally {
            field.set(null, adapter);
        }

        assertThat(runs).hasValue(2);
    }
}
