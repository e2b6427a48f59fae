package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A submit of one node waits for its permit, and another node submits a different request under its key. The first never has
 * the task of the second, whichever way the task reaches its node.
 */
class OtherRequestTest extends ClusterTestSupport {
    private TestWaiter kitten;

    @BeforeEach
    void queueASubmitOnTheSecondNode() {
        double perSecond = 1.0 / Duration.ofMinutes(5).toSeconds();
        second.rateLimiters
                .of(ACCOUNT, toApis.baseUrl())
                .setLimits(new RateLimits(new RateLimit(perSecond, 1), RateLimit.UNLIMITED));
        second.fireAndForget(submission("key-0", "Add a puppy"));
        kitten = second.submit(submission("key-1", "Add a kitten"), Goal.ENDED);
        second.work();
    }

    @Test
    void itFailsWhenTheTaskIsAwaitedByItsIdOnItsNode() {
        fireAndForgetOn(first, "key-1");

        TestWaiter awaiting = second.await(taskId("key-1"), service());
        assertConflict();
        complete("key-1");
        elapseSeconds(15);

        assertThat(awaiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void itFailsWhenTheTaskThatIsAwaitedOnItsNodeHasEnded() {
        endOnTheFirst();

        TestWaiter awaiting = second.await(taskId("key-1"), service());

        assertConflict();
        assertThat(awaiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void itFailsWhenAWebhookReachesItsNode() {
        fireAndForgetOn(first, "key-1");

        second.webhookCompletions.completed(ACCOUNT, completed(taskId("key-1"), "key-1"));
        second.work();
        elapseSeconds(5);

        assertConflict();
        assertDeliverable();
    }

    @Test
    void aWebhookThatReachesItsNodeLeavesTheTaskToTheExchangeThatWaitsForIt() {
        TestWaiter puppy = remixOn(first, "key-1");

        second.webhookCompletions.completed(ACCOUNT, completed(taskId("key-1"), "key-1"));
        assertThat(record("key-1").owner()).isEqualTo("first");
        elapseSeconds(5);
        puppy.claim().delivered();

        assertThat(puppy.task().id()).isEqualTo(taskId("key-1"));
        assertConflict();
        assertDeliveredOnce("key-1");
    }

    @Test
    void itFailsWhenItsNodeReadsThatTheTaskHasEnded() {
        fireAndForgetOn(first, "key-1");
        ledger.replace(record("key-1").ownedBy("second"));
        first.webhookCompletions.completed(ACCOUNT, completed(taskId("key-1"), "key-1"));
        first.pause();

        elapseSeconds(5);

        assertConflict();
        assertDeliverable();
    }

    @Test
    void itFailsWhenItsNodeSearchesForTheTask() {
        loseTheNextAnswer();
        TestWaiter puppy = remixOn(first, "key-1");
        first.pause();

        outlastTheLease();
        elapseSeconds(60);

        assertThat(puppy.timesNotified()).isZero();
        assertConflict();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(record("key-1").owner()).isEqualTo("second");
    }

    @ParameterizedTest
    @EnumSource(Goal.class)
    void oneThatJoinsItNeverHasTheTaskEither(Goal goal) {
        remixOn(first, "key-1");
        second.await(taskId("key-1"), service());
        assertConflict();

        // The first submit keeps its place in the queue until it has its permit.
        kitten = second.submit(submission("key-1", "Add a kitten"), goal);

        assertConflict();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Goal.class)
    void oneThatJoinsItNeverHasTheResultEither(Goal goal) {
        remixOn(first, "key-1");
        second.await(taskId("key-1"), service());
        assertConflict();
        complete("key-1");
        elapseSeconds(15);

        kitten = second.submit(submission("key-1", "Add a kitten"), goal);

        assertConflict();
    }

    @Test
    void aSubmitOfTheSameRequestHasTheTask() {
        TestWaiter here = second.submit(submission("key-2", "Add a puppy"), Goal.ENDED);
        fireAndForgetOn(first, "key-2");

        second.webhookCompletions.completed(ACCOUNT, completed(taskId("key-2"), "key-2"));
        second.work();

        assertThat(here.task().id()).isEqualTo(taskId("key-2"));
    }

    private void endOnTheFirst() {
        fireAndForgetOn(first, "key-1");
        first.webhookCompletions.completed(ACCOUNT, completed(taskId("key-1"), "key-1"));
    }

    private void assertConflict() {
        second.routes.runAll();
        assertThat(kitten.failure()).isInstanceOf(KeyConflictException.class);
        assertThat(kitten.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        // As an exchange does with a failure after which nothing was paid.
        kitten.claim().release();
    }

    private void assertDeliverable() {
        assertThat(deliverOn(first).id()).isEqualTo(taskId("key-1"));
        assertDeliveredOnce("key-1");
    }
}
