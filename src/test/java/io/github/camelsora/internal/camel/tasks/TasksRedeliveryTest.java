package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;

/** A route that receives tasks fails: when that is a delivery all the same, and when the task comes again. */
class TasksRedeliveryTest extends TasksTestSupport {
    private final AtomicInteger failures = new AtomicInteger();
    private final Queue<Exception> thrown = new ConcurrentLinkedQueue<>();

    /** Fails the first times. */
    private Processor failTimes(int times) {
        return exchange -> {
            if (failures.incrementAndGet() <= times) {
                throw new IllegalStateException("The bucket is unavailable");
            }
        };
    }

    private final Processor keepException =
            exchange -> thrown.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));

    @Test
    void aTaskIsRedeliveredWhenItsRouteFails() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS).process(receive).process(failTimes(2));
            }
        });

        fireAndForget("order-1");

        assertThat(delivered("order-1").deliveries()).isEqualTo(2);
        assertThat(receivedKeys()).containsExactly("order-1", "order-1", "order-1");
    }

    @Test
    void aTaskIsRedeliveredAfterRedeliveryDelay() throws Exception {
        start(failing("sora:tasks?initialDelay=0&delay=20&redeliveryDelay=3600000"));

        fireAndForget("order-1");
        soon().until(() -> recordOf("order-1").deliveries() == 1);

        assertThat(recordOf("order-1").due().nextDelivery())
                .isAfter(sora().ledger().now().plusSeconds(3_000));
    }

    @Test
    void aTaskIsSetAsideAfterTooManyFailures() throws Exception {
        start(failing(TASKS + "&maximumRedeliveries=2"));

        fireAndForget("order-1");

        awaitState("order-1", TaskState.SET_ASIDE);
        assertThat(received).hasSize(3);
    }

    @Test
    void aReleasedTaskIsDeliveredAgainWithAFreshCount() throws Exception {
        start(failing(TASKS + "&maximumRedeliveries=2"));
        fireAndForget("order-1");
        awaitState("order-1", TaskState.SET_ASIDE);

        sora().operator().release(null, "order-1", OPERATOR);

        awaitReceived(6);
        awaitState("order-1", TaskState.SET_ASIDE);
        assertThat(received).hasSize(6);
    }

    @Test
    void aReleasedTaskWakesItsRoute() throws Exception {
        start(failing(ON_NOTIFICATION + "&maximumRedeliveries=0"));
        fireAndForget("order-1");
        awaitState("order-1", TaskState.SET_ASIDE);

        sora().operator().release(null, "order-1", OPERATOR);

        awaitReceived(2);
    }

    @Test
    void aHandledFailureIsADelivery() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).log("seen");
                from(TASKS).process(receive).process(failTimes(1));
            }
        });

        fireAndForget("order-1");

        assertThat(delivered("order-1").deliveries()).isZero();
    }

    @Test
    void aDeadLetterIsADelivery() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from(TASKS).process(receive).process(failTimes(1));
                from("direct:dead").log("buried");
            }
        });

        fireAndForget("order-1");

        assertThat(delivered("order-1").deliveries()).isZero();
    }

    @Test
    void theRoutesOwnRedeliveriesAreOneDelivery() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1));
                from(TASKS).process(receive).process(failTimes(3));
            }
        });

        fireAndForget("order-1");

        assertThat(delivered("order-1").deliveries()).isZero();
        assertThat(received).hasSize(1);
    }

    @Test
    void anExchangeThatIsToBeRolledBackCountsAsFailed() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS).process(receive).process(exchange -> exchange.setRollbackOnly(received.size() == 1));
            }
        });

        fireAndForget("order-1");

        assertThat(delivered("order-1").deliveries()).isEqualTo(1);
        assertThat(received).hasSize(2);
    }

    @Test
    void aFailureCountsAlsoWhereExchangesArePooled() throws Exception {
        camel.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        start(failing(TASKS + "&maximumRedeliveries=1"));

        fireAndForget("order-1");

        awaitState("order-1", TaskState.SET_ASIDE);
        assertThat(receivedKeys()).containsExactly("order-1", "order-1");
    }

    @Test
    void aFailureOfOneTaskHoldsUpNoOther() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks?initialDelay=0&delay=20&redeliveryDelay=3600000&concurrentConsumers=1")
                        .process(receive)
                        .process(failTimes(1));
            }
        });

        fireAndForget("order-1");
        soon().until(() -> recordOf("order-1").deliveries() == 1);
        fireAndForget("order-2");

        delivered("order-2");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aTaskWithoutAVideoComesAsAnExceptionIfThatIsWanted() throws Exception {
        start(throwing());

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        delivered("order-1");
        assertThat(thrown).singleElement().isInstanceOf(TaskFailedException.class);
        assertThat(received).isEmpty();
    }

    @Test
    void aLostSubmitComesAsAnExceptionIfThatIsWanted() throws Exception {
        start(throwing());

        loseAndForget("order-1");

        soon().until(() -> recordOf("order-1").times().lossReportedAt() != null);
        assertThat(thrown)
                .singleElement()
                .isInstanceOfSatisfying(SubmissionUnknownException.class, unknown -> assertThat(unknown.getTaskKey())
                        .isEqualTo("order-1"));
    }

    @Test
    void anExpiredVideoComesAsAnExceptionIfThatIsWanted() throws Exception {
        letTasksRunLong();
        start(throwing());
        fireAndForget("order-1");

        String id = recordOf("order-1").taskId();
        toApis.statusWord(id, "expired");
        toApis.fail(id, "expired", "It has expired");

        awaitState("order-1", TaskState.DELIVERED);
        assertThat(thrown).hasSize(1);
        assertThat(thrown.element()).isInstanceOfAny(ResultExpiredException.class, TaskFailedException.class);
    }

    @Test
    void aVideoComesAsAMessageAlsoWhereExceptionsAreWanted() throws Exception {
        start(throwing());

        fireAndForget("order-1");

        delivered("order-1");
        assertThat(received).singleElement().satisfies(task -> assertThat(task.status())
                .isEqualTo(TaskStatus.COMPLETED));
    }

    @Test
    void anUnhandledExceptionIsADeliveryOfAFailedTask() throws Exception {
        start(receivingTasks(TASKS + "&throwOnFailed=true"));

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        assertThat(delivered("order-1").deliveries()).isZero();
        assertThat(received).isEmpty();
    }

    @Test
    void aTaskWhoseHandlerFailsIsRedelivered() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .handled(true)
                        .process(keepException)
                        .process(failTimes(1));
                from(TASKS + "&throwOnFailed=true").process(receive);
            }
        });

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        assertThat(delivered("order-1").deliveries()).isEqualTo(1);
        assertThat(thrown).hasSize(2);
    }

    @Test
    void anExceptionThatIsWantedIsNotTriedAgainByTheErrorHandler() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskFailedException.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(1)
                        .handled(true)
                        .process(keepException);
                from(TASKS + "&throwOnFailed=true").process(receive);
            }
        });

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        delivered("order-1");
        assertThat(thrown).hasSize(1);
        assertThat(received).isEmpty();
    }

    @Test
    void theFailureOfAnotherTaskIsAFailureOfTheRoute() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS).process(receive).process(exchange -> {
                    if (received.size() == 1) {
                        throw new TaskFailedException(
                                exchange.getMessage().getBody(VideoTask.class).withKey("another"));
                    }
                });
            }
        });

        send(remix + "&waitForCompletion=false&requestKey=order-1", "A puppy [fail]");

        assertThat(delivered("order-1").deliveries()).isEqualTo(1);
    }

    @Test
    void aTaskThatWasSetAsideBeforeItsEndIsFollowedAtOnceWhenItIsReleased() throws Exception {
        letTasksRunLong();
        sora().setLeaseDuration(3_600_000);
        options().setTrackingTimeout(50);
        start(receivingTasks(TASKS));
        fireAndForget("order-1");
        awaitState("order-1", TaskState.SET_ASIDE);
        options().setTrackingTimeout(3_600_000);

        sora().operator().release(null, "order-1", OPERATOR);
        toApis.complete(recordOf("order-1").taskId());

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    @Test
    void aRouteThatAwaitsItsTaskOnceMoreReceivesIt() throws Exception {
        AtomicReference<Object> awaited = new AtomicReference<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS)
                        .to("sora:await")
                        .process(exchange -> awaited.set(exchange.getMessage().getBody()));
            }
        });

        fireAndForget("order-1");

        delivered("order-1");
        assertThat(awaited.get()).isNotNull();
    }

    private RouteBuilder throwing() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(keepException);
                from(TASKS + "&throwOnFailed=true").process(receive);
            }
        };
    }
}
