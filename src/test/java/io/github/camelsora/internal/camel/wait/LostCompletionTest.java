package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.Internals;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.WaitingExchange;
import io.github.camelsora.internal.camel.key.HoldingStep;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exchanges whose completion is never seen: their results are delivered all the same. */
@Timeout(60)
class LostCompletionTest extends TasksTestSupport {
    private static final String NO_TIMEOUT = "&claimTimeout=0";
    private static final String SHORT_TIMEOUT = "&claimTimeout=100";

    private static final Duration HOURS = Duration.ofHours(6);

    private final HoldingStep step = new HoldingStep();
    private final CountDownLatch branchBegun = new CountDownLatch(1);
    private final CountDownLatch parentEnded = new CountDownLatch(1);
    private Runnable untilParentMayEnd = () -> {};

    @BeforeEach
    void stopWithoutWaiting() {
        stopQuickly();
    }

    /** A branch that goes on when its parent has ended without it, because another branch has failed. */
    private RouteBuilder outliving(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .multicast()
                        .parallelProcessing()
                        .stopOnException()
                        .shareUnitOfWork()
                        .to("direct:branch", "direct:failing");
                from("direct:branch")
                        .process(exchange -> branchBegun.countDown())
                        .process(exchange -> await(parentEnded))
                        .to(uri)
                        .process(keepVideo);
                from("direct:failing").process(exchange -> await(branchBegun)).process(exchange -> {
                    untilParentMayEnd.run();
                    throw new IllegalStateException("This branch ends all others");
                });
            }
        };
    }

    @Test
    void aBranchThatSubmitsAfterTheUnitOfWorkThatItSharesHasEndedReleasesItsTask() throws Exception {
        start(outliving(remix + "&requestKey=order-1" + NO_TIMEOUT));

        send("direct:in", "A puppy");
        parentEnded.countDown();

        soon().until(() -> videos.size() == 1);
        assertReleased("order-1");
    }

    @Test
    void aBranchWhoseWaitFailsAfterTheUnitOfWorkThatItSharesHasEndedReleasesItsTask() throws Exception {
        letWaitsTimeOut();
        start(outliving(remix + "&requestKey=order-1" + NO_TIMEOUT));
        send("direct:in", "A puppy");
        parentEnded.countDown();
        soon().until(() -> shared().waiting().isEmpty()
                && sora().ledger().find("default", "order-1").isPresent());

        soon().until(() -> recordOf("order-1").taskId() != null);
        toApis.complete(recordOf("order-1").taskId());

        assertReleased("order-1");
    }

    @Test
    void aBranchThatAwaitsAfterTheUnitOfWorkThatItSharesHasEndedReleasesItsTask() throws Exception {
        String id = toApis.addTask();
        start(outliving("sora:await?taskId=" + id + NO_TIMEOUT));

        send("direct:in", null);
        parentEnded.countDown();
        toApis.complete(id);

        assertReleased("task:" + id);
    }

    @Test
    void aBranchThatFiresAndForgetsAfterTheUnitOfWorkThatItSharesHasEndedIsNotKeptInMemory() throws Exception {
        start(outliving(remix + "&requestKey=order-1&waitForCompletion=false"));

        send("direct:in", "A puppy");
        parentEnded.countDown();

        soon().until(() -> videos.size() == 1);
        soon().untilAsserted(() -> assertThat(shared().waiting()).isEmpty());
    }

    @Test
    void aBranchThatOutlivesTheUnitOfWorkThatItSharesWhileItWaitsReleasesItsTask() throws Exception {
        letTasksRunLong();
        parentEnded.countDown();
        untilParentMayEnd = () -> awaitState("order-1", TaskState.RUNNING);
        start(outliving(remix + "&requestKey=order-1" + NO_TIMEOUT));
        send("direct:in", "A puppy");

        toApis.complete(recordOf("order-1").taskId());

        soon().until(() -> videos.size() == 1);
        assertReleased("order-1");
    }

    @Test
    void aTaskThatABranchHasReleasedIsDeliveredToSoraTasks() throws Exception {
        start(outliving(remix + "&requestKey=order-1" + NO_TIMEOUT), receivingTasks(TASKS));

        send("direct:in", "A puppy");
        parentEnded.countDown();

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
        assertPaid(1);
    }

    @Test
    void aCopyThatOutlivesTheExchangeThatItWasMadeOfReleasesItsTask() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").process(exchange -> {
                    Exchange copy = exchange.copy();
                    CompletableFuture.runAsync(() -> {
                        await(parentEnded);
                        camel.createProducerTemplate().send("direct:later", copy);
                    });
                });
                from("direct:later").to(remix + "&requestKey=order-1" + NO_TIMEOUT);
            }
        });

        send("direct:in", "A puppy");
        parentEnded.countDown();

        soon().until(() -> sora().ledger().find("default", "order-1").isPresent());
        assertReleased("order-1");
    }

    @Test
    void aBranchWhoseCompletionAnotherOneHasHandedToSedaReleasesItsTask() throws Exception {
        letTasksRunLong();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .multicast()
                        .parallelProcessing()
                        .shareUnitOfWork()
                        .to("direct:branch", "direct:handing");
                from("direct:branch")
                        .to(remix + "&requestKey=order-1" + NO_TIMEOUT)
                        .process(keepVideo);
                from("direct:handing")
                        .process(exchange -> awaitState("order-1", TaskState.RUNNING))
                        .to("seda:held");
                from("seda:held").process(exchange -> branchBegun.countDown()).process(exchange -> await(parentEnded));
            }
        });
        CompletableFuture<Exchange> sent = CompletableFuture.supplyAsync(() -> send("direct:in", "A puppy"));
        await(branchBegun);

        toApis.complete(recordOf("order-1").taskId());

        assertThat(sent).succeedsWithin(LIMIT);
        assertReleased("order-1");
        parentEnded.countDown();
    }

    @Test
    void branchesThatShareAUnitOfWorkThatWaitsForThemDeliverWithIt() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .split(body())
                        .parallelProcessing()
                        .shareUnitOfWork()
                        .to(remix + "&requestKey=${body}" + NO_TIMEOUT)
                        .process(exchange -> exchange.getMessage()
                                .setHeader("state", recordOf(key(exchange)).state()));
            }
        });

        send("direct:in", List.of("order-1", "order-2"));

        awaitDelivered(List.of("order-1", "order-2"));
    }

    @Test
    void anExchangeThatSedaDiscardsReleasesItsTaskAfterClaimTimeout() throws Exception {
        start(discarding(SHORT_TIMEOUT));

        send("direct:in", "A puppy");

        assertReleased("order-1");
    }

    @Test
    void anExchangeThatSedaDiscardsIsDeliveredFromALedgerInAFile(@TempDir Path folder) throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        start(discarding(SHORT_TIMEOUT), receivingTasks(TASKS));

        send("direct:in", "A puppy");

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1");
        camel.stop();
    }

    @Test
    void anExchangeThatWaitsInSedaIsNotDeliveredBeforeItIsDone() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix + "&requestKey=order-1").to("seda:slow");
                from("seda:slow").process(step);
            }
        });

        send("direct:in", "A puppy");
        soon().until(() -> step.inside() == 1);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
        step.open();

        delivered("order-1");
    }

    @Test
    void anExchangeThatCompletesAfterClaimTimeoutChangesNothingThatATasksRouteHolds() throws Exception {
        HoldingStep tasks = new HoldingStep();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix + "&requestKey=order-1" + SHORT_TIMEOUT)
                        .process(step);
                from(TASKS).process(receive).process(tasks);
            }
        });
        CompletableFuture<Exchange> hanging = begin("direct:in", "A puppy");
        soon().until(() -> tasks.inside() == 1);
        TaskRecord held = recordOf("order-1");

        step.open();

        assertThat(hanging).succeedsWithin(LIMIT);
        assertThat(recordOf("order-1")).isEqualTo(held);
        tasks.open();
        delivered("order-1");
    }

    @Test
    void aTasksRouteThatNeverEndsBlocksNoOtherDelivery() throws Exception {
        start(holdingTheFirst(TASKS + "&concurrentConsumers=1&maximumRedeliveries=1000" + SHORT_TIMEOUT));

        fireAndForget("order-1");
        soon().until(() -> step.inside() == 1);
        fireAndForget("order-2");

        awaitDelivered(List.of("order-1", "order-2"));
        // Each may come once more on a machine that is slower than the timeout.
        assertThat(receivedKeys())
                .contains("order-2")
                .filteredOn("order-1"::equals)
                .hasSizeGreaterThan(1);
        assertThat(recordOf("order-1").deliveries()).isPositive();
    }

    @Test
    void aTaskThatATasksRouteHandsToSedaIsNotDeliveredBeforeSedaIsDone() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS).to("seda:slow");
                from("seda:slow").process(receive).process(step);
            }
        });

        fireAndForget("order-1");
        soon().until(() -> step.inside() == 1);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.ENDED);
        step.open();

        delivered("order-1");
    }

    @Test
    void aTaskThatFailsBehindTheSedaOfATasksRouteIsRedelivered() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS).to("seda:failing");
                from("seda:failing").process(receive).process(exchange -> {
                    if (received.size() == 1) {
                        throw new IllegalStateException("The bucket is unavailable");
                    }
                });
            }
        });

        fireAndForget("order-1");

        delivered("order-1");
        assertThat(receivedKeys()).containsExactly("order-1", "order-1");
    }

    @Test
    void aTaskThatATasksRouteDiscardsIsRedeliveredAfterClaimTimeout() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(TASKS + SHORT_TIMEOUT + "&maximumRedeliveries=1000")
                        .process(receive)
                        .choice()
                        .when(exchange -> received.size() == 1)
                        .to("seda:full?size=1&discardWhenFull=true")
                        .to("seda:full?size=1&discardWhenFull=true");
                from("seda:full?size=1").autoStartup(false).log("never");
            }
        });

        fireAndForget("order-1");

        delivered("order-1");
        assertThat(receivedKeys()).hasSizeGreaterThan(1).containsOnly("order-1");
    }

    @Test
    void aNegativeClaimTimeoutIsRejected() {
        assertThatThrownBy(() -> start(discarding("&claimTimeout=-1")))
                .hasStackTraceContaining("claimTimeout must not be negative");
    }

    @Test
    void anExchangeWhoseSubmitIsRejectedAndThatNeverCompletesDoesNotCountAsWaiting() throws Exception {
        start(holdingRejectedSubmits());
        send("direct:in", "A puppy");

        begin("direct:in", "A kitten");

        soon().until(() -> step.inside() == 1);
        assertThat(shared().waiting()).isEmpty();
        step.open();
    }

    private RouteBuilder holdingRejectedSubmits() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .doTry()
                        .to(remix + "&requestKey=order-1")
                        .doCatch(SoraException.class)
                        .process(step)
                        .end();
            }
        };
    }

    /** Else each rejected submit of an exchange that never completes would keep a timer for the time of claimTimeout. */
    @ParameterizedTest
    @CsvSource({"NOT_SENT, false", "REJECTED, false", "ACCEPTED, true", "UNKNOWN, true"})
    void aFailedWaitHoldsItsClaimOnlyWhereSomethingMayHaveBeenPaid(SubmitOutcome outcome, boolean isHeld)
            throws Exception {
        AtomicReference<TaskClaim> claim = new AtomicReference<>();
        AtomicBoolean isOver = new AtomicBoolean();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").process(exchange -> {
                    fail(exchange, outcome, claim);
                    isOver.set(claim.get().isOver());
                });
            }
        });

        send("direct:in", "A puppy");

        assertThat(claim.get()).isNotNull();
        assertThat(isOver.get()).isEqualTo(!isHeld);
    }

    private void fail(Exchange exchange, SubmitOutcome outcome, AtomicReference<TaskClaim> claim) {
        SoraEndpoint endpoint = camel.getEndpoint(remix, SoraEndpoint.class);
        claim.set(shared().runtime()
                .engine()
                .registry
                .claim(new TaskKey("default", "order-1"), Internals.of(endpoint).service()));
        WaitingExchange waiting = new WaitingExchange(
                exchange, done -> {}, claim.get(), Goal.ENDED, (e, callback, task) -> true, shared().waiting(), HOURS);
        waiting.onFailed(
                new ServiceUnavailableException("The wait has failed", new About(outcome, "order-1", null), null));
    }

    private RouteBuilder discarding(String option) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to(remix + "&requestKey=order-1" + option)
                        .to("seda:full?size=1&discardWhenFull=true")
                        .to("seda:full?size=1&discardWhenFull=true");
                from("seda:full?size=1").autoStartup(false).log("never");
            }
        };
    }

    private RouteBuilder holdingTheFirst(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .process(receive)
                        .choice()
                        .when(exchange -> received.size() == 1)
                        .process(step);
            }
        };
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelSoraTaskKey", String.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ended, and free to be delivered. */
    private void assertReleased(String key) {
        soon().untilAsserted(() -> assertThat(sora().ledger().find("default", key))
                .hasValueSatisfying(record -> assertThat(record)
                        .extracting(TaskRecord::state, TaskRecord::owner)
                        .containsExactly(TaskState.ENDED, null)));
    }
}
