package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules for the delivery of events. */
class WebhookRuleTest extends WebhookTest {

    @Test
    void aDuplicatedEventArrivesTwiceWithOneId() {
        rule().times(1).duplicate();
        String doubled = completed();
        String single = completed();
        List<Received> received = awaitReceived(3);

        assertThat(deliveries(doubled)).hasSize(2);
        assertThat(deliveries(single)).hasSize(1);
        assertThat(received)
                .extracting(Received::id)
                .filteredOn(id -> id.equals(id(doubled)))
                .hasSize(2);
    }

    @Test
    void aDuplicateCanBeDelayed() {
        rule().duplicate(Duration.ofHours(31));
        String task = completed();
        awaitReceived(1);
        simulator().clock().advance(Duration.ofHours(31));

        assertThat(awaitReceived(2)).extracting(Received::id).containsOnly(id(task));
    }

    @Test
    void aDelayedEventArrivesAfterItsDelay() {
        rule().delay(Duration.ofMinutes(5));
        String task = completed();
        simulator().clock().advance(Duration.ofMinutes(5).minusMillis(1));
        simulator().webhooks().sendTest();

        assertThat(deliveries(task).get(0).tries()).isEmpty();
        simulator().clock().advance(Duration.ofMillis(1));
        assertThat(awaitAnswered(task, 1).firstSentAt()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aLostEventIsNeverSent() {
        rule().task(simulator().addTask("video_lost")).lose();
        simulator().complete("video_lost");
        simulator().clock().advance(Duration.ofDays(3));
        awaitAnswered(completed(), 1);

        WebhookDelivery lost = deliveries("video_lost").get(0);
        assertThat(lost.isOver()).isTrue();
        assertThat(lost.tries()).isEmpty();
        assertThat(receiver.received).hasSize(1);
        assertThat(simulator().books().webhooksSent()).isEqualTo(1);
    }

    @Test
    void anEventArrivesByARetryAfterLostTries() {
        rule().loseTries(2);
        String task = completed();
        simulator().clock().advance(Duration.ofSeconds(40));
        WebhookDelivery delivery = awaitAnswered(task, 3);

        assertThat(receiver.received).hasSize(1);
        assertThat(delivery.tries()).extracting(WebhookTry::status).containsExactly(0, 0, 200);
        assertThat(delivery.tries().get(0).problem()).isEqualTo("lost on its way");
    }

    @Test
    void aHeldEventArrivesWhenItIsReleased() {
        Hold hold = rule().hold();
        String task = completed();
        hold.awaitReached(SOON);

        assertThat(hold.waiting()).isEqualTo(1);
        assertThat(deliveries(task).get(0).tries()).isEmpty();
        hold.release();
        assertThat(awaitAnswered(task, 1).isAccepted()).isTrue();
        assertThat(hold.waiting()).isZero();
        assertThat(awaitAnswered(completed(), 1).isAccepted()).isTrue();
    }

    @Test
    void aHeldEventThatIsCutIsLost() {
        Hold hold = rule().hold();
        String task = completed();
        hold.cut();

        assertThat(deliveries(task).get(0).isOver()).isTrue();
        assertThat(deliveries(task).get(0).tries()).isEmpty();
    }

    @Test
    void clearingTheRulesReleasesHeldEvents() {
        rule().hold();
        String task = completed();
        simulator().webhooks().clearRules();

        assertThat(awaitAnswered(task, 1).isAccepted()).isTrue();
        assertThat(awaitAnswered(completed(), 1).isAccepted()).isTrue();
    }

    @Test
    void eventsCanArriveOutOfOrder() {
        rule().times(1).afterNext();
        String first = completed();
        String second = completed();

        assertThat(awaitReceived(2)).extracting(Received::id).containsExactly(id(second), id(first));
    }

    @Test
    void aForgedEventCanArriveBeforeTheGenuineOne() {
        rule().forgeFirst(Forgery.BAD_SIGNATURE);
        receiver.answers(400);
        String task = completed();
        List<Received> received = awaitReceived(2);

        assertThat(received.get(0).isSignedBy(SECRET)).isFalse();
        assertThat(received.get(1).isSignedBy(SECRET)).isTrue();
        assertThat(received).extracting(Received::id).containsOnly(id(task));
        assertThat(deliveries(task)).extracting(WebhookDelivery::forgery).containsExactly(null, Forgery.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedEventHasADefectAndIsNotRetried(Forgery forgery) {
        String task = simulator().addTask();
        receiver.answers(400);
        WebhookDelivery delivery = simulator().webhooks().forge(task, forgery);
        Received received = awaitReceived(1).get(0);

        assertThat(isAcceptable(received)).isFalse();
        assertThat(delivery.isOver()).isTrue();
        assertThat(delivery.lastStatus()).isEqualTo(400);
        assertThat(simulator().task(task).state().isEnded()).isFalse();
    }

    @Test
    void aCompletedEventCanHaveNoResult() {
        rule().withoutResult();
        completed();
        Received event = awaitReceived(1).get(0);

        assertThat(event.isSignedBy(SECRET)).isTrue();
        assertThat(event.json().at("/data/status").textValue()).isEqualTo("SUCCESS");
        assertThat(event.json().at("/data/result").isNull()).isTrue();
    }

    @Test
    void aRuleAppliesOnlyToMatchingEvents() {
        simulator().webhooks().on(EventType.FAILED).lose();
        simulator().webhooks().on().when(event -> event.taskId().endsWith("2")).lose();
        String one = simulator().addTask("video_1");
        simulator().addTask("video_2");
        String three = simulator().addTask("video_3");
        simulator().fail(three, "generation_failed", "no luck");
        simulator().complete("video_2");
        simulator().complete(one);
        awaitAnswered(one, 1);

        assertThat(receiver.received).extracting(Received::id).containsExactly(id(one));
    }

    @Test
    void theSameSeedGivesTheSameDecisions() {
        List<Integer> first = fates(7);
        simulator().reset();
        turnOn();
        List<Integer> second = fates(7);
        simulator().reset();
        turnOn();
        List<Integer> third = fates(8);

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(first.stream().filter(count -> count == 0).count()).isBetween(20L, 60L);
        assertThat(first.stream().filter(count -> count == 2).count()).isBetween(50L, 110L);
    }

    /** For each of 200 events, the number of its deliveries with tries: 0 if lost, 2 if duplicated. */
    private List<Integer> fates(long seed) {
        rule().chance(0.2, seed).lose();
        rule().chance(0.5, seed + 1).duplicate();
        List<String> tasks = IntStream.range(0, 200).mapToObj(i -> completed()).toList();
        await().until(() -> simulator().webhooks().deliveries().stream().allMatch(WebhookDelivery::isOver));
        return tasks.stream()
                .map(task -> (int) deliveries(task).stream()
                        .filter(WebhookDelivery::isAccepted)
                        .count())
                .toList();
    }

    @Test
    void manyTasksThatEndAtOnceOpenAtMost64Connections() {
        simulator().webhookRetryPlan();
        rule().chance(0.5, 1).loseTries(1);
        List<String> tasks =
                IntStream.range(0, 1000).mapToObj(i -> simulator().addTask()).toList();
        simulator().clock().advance(Duration.ofSeconds(2));
        await().until(() -> simulator().webhooks().deliveries().size() == tasks.size()
                && simulator().webhooks().deliveries().stream().allMatch(WebhookDelivery::isOver));

        Set<String> problems = new HashSet<>();
        simulator()
                .webhooks()
                .deliveries()
                .forEach(delivery ->
                        problems.add(String.valueOf(delivery.tries().get(0).problem())));
        assertThat(problems).containsExactlyInAnyOrder("null", "lost on its way");
        assertThat(receiver.mostAtOnce.get()).isLessThanOrEqualTo(64);
    }

    @Test
    void aConditionThatThrowsIsReportedInTheDelivery() {
        rule().when(event -> {
                    throw new IllegalStateException("the condition failed");
                })
                .lose();
        String task = simulator().addTask();
        simulator().clock().advance(Duration.ofSeconds(2));
        await().until(() -> !deliveries(task).isEmpty());

        assertThat(awaitAnswered(task, 1).tries().get(0).problem()).contains("the condition failed");
    }

    @Test
    void invalidRulesAreRejected() {
        WebhookRule rule = rule();
        rule.lose();

        assertThatIllegalStateException().isThrownBy(rule::lose);
        assertThatIllegalArgumentException().isThrownBy(() -> rule().times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> rule().chance(1.1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> rule().delay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> rule().loseTries(0));
    }

    private WebhookRule rule() {
        return simulator().webhooks().on();
    }

    private String completed() {
        String task = simulator().addTask();
        simulator().complete(task);
        return task;
    }

    private List<WebhookDelivery> deliveries(String task) {
        return simulator().webhooks().deliveries(task);
    }

    private String id(String task) {
        return deliveries(task).get(0).event().id();
    }

    /** Checks a request strictly by the contract, as a receiver has to. */
    private static boolean isAcceptable(Received request) {
        String id = request.header(WebhookSigner.ID);
        String timestamp = request.header(WebhookSigner.TIMESTAMP);
        String signatures = request.header(WebhookSigner.SIGNATURE);
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\d+")) {
            return false;
        }
        String right = WebhookSigner.of(SECRET).signature(id, timestamp, request.body());
        boolean fresh = Math.abs(Long.parseLong(timestamp) - NOON.getEpochSecond()) <= 300;
        return fresh && List.of(signatures.split("\\s*,\\s*")).contains(right);
    }
}
