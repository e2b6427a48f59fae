package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.TaskEvent.ClaimHere;
import io.github.camelsora.internal.ledger.TransitionTable.Operation;
import io.github.camelsora.internal.ledger.TransitionTable.Transition;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.toapis.TaskJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each event in each state, with the record in the hands of this node, of another one, and of none. */
class TaskStateMachineTest {
    /**
     * What comes of a record: from which states, and then the state, the owner ({@code =} is the one that it had), and when it
     * is due for delivery; {@code every} stands for all states, {@code same} for the state that it was in. {@code x}: it is removed, and what stands in its place. {@code ?}: the event finds no record. All
     * states that a line does not name stay as they are; where there is no record, none is found.
     */
    private static final String EXPECTED = """
            SubmitStarted                             | any        | absent REJECTED -> INTENT me
            SubmitAccepted                            | any        | INTENT UNKNOWN SET_ASIDE -> RUNNING =
            SubmitAccepted of another intent          | any        | -
            SubmitAccepted, set aside with a result   | any        | INTENT UNKNOWN -> RUNNING =
            IntentWithdrawn                           | me         | INTENT -> REJECTED none
            IntentWithdrawn                           | other none | -
            IntentWithdrawn of another intent         | any        | -
            AnswerLost                                | any        | INTENT SET_ASIDE -> UNKNOWN me
            AnswerLost of another intent              | any        | -
            AnswerLost, set aside with a result       | any        | INTENT -> UNKNOWN me
            LostSubmitFound                           | any        | UNKNOWN -> RUNNING =
            LostSubmitFound of another intent         | any        | -
            TaskCompleted, unclaimed                  | me none    | RUNNING SET_ASIDE -> ENDED none now
            TaskCompleted, unclaimed                  | other      | RUNNING SET_ASIDE -> ENDED other
            TaskCompleted, claimed                    | any        | RUNNING SET_ASIDE -> ENDED me
            TaskCompleted, claimed before a break     | me none    | RUNNING SET_ASIDE -> ENDED me
            TaskCompleted, claimed before a break     | other      | RUNNING SET_ASIDE -> ENDED other
            TaskCompleted of another task             | any        | RUNNING SET_ASIDE -> ?
            TaskCompleted, set aside with a result    | any        | RUNNING -> ENDED me
            AddressFound                              | any        | ENDED DELIVERED SET_ASIDE -> ENDED none now
            AddressFound, not missing                 | any        | -
            AddressFound, still without one           | any        | -
            WaiterRegistered                          | me         | -
            WaiterRegistered                          | other      | UNKNOWN -> UNKNOWN me; RUNNING -> RUNNING me
            WaiterRegistered                          | none       | UNKNOWN -> UNKNOWN me; RUNNING -> RUNNING me; ENDED -> ENDED me
            WaiterRegistered, due                     | me other   | UNKNOWN -> UNKNOWN me; RUNNING -> RUNNING me
            WaiterRegistered, due                     | none       | UNKNOWN -> UNKNOWN me; RUNNING -> RUNNING me; ENDED -> ENDED me
            TrackingTimedOut                          | any        | UNKNOWN RUNNING -> SET_ASIDE none
            TaskResumed                               | any        | SET_ASIDE -> RUNNING =
            TaskResumed, set aside with a result      | any        | SET_ASIDE -> ENDED = now
            TaskResumed, set aside without an id      | any        | SET_ASIDE -> UNKNOWN =
            OwnershipConfirmed                        | me         | INTENT UNKNOWN RUNNING ENDED -> same me
            OwnershipConfirmed                        | other none | -
            OwnershipConfirmed, intent not known      | me         | INTENT UNKNOWN RUNNING ENDED -> same me
            OwnershipConfirmed, intent not known      | other none | -
            OwnershipConfirmed of another intent      | any        | -
            TakenOver                                 | any        | INTENT UNKNOWN -> UNKNOWN me later; RUNNING -> RUNNING me; ENDED -> ENDED none now
            TakenOver, loss reported                  | any        | INTENT UNKNOWN -> UNKNOWN me; RUNNING -> RUNNING me; ENDED -> ENDED none now
            DeliveryStarted                           | any        | UNKNOWN -> UNKNOWN me; ENDED -> ENDED me
            Delivered                                 | any        | ENDED -> DELIVERED none
            Delivered, set aside with a result        | any        | ENDED SET_ASIDE -> DELIVERED none
            Delivered of another task                 | any        | -
            Delivered without a result                | any        | -
            Delivered without an address              | any        | ENDED SET_ASIDE -> DELIVERED none
            Delivered, address found since            | any        | -
            LossReported                              | any        | UNKNOWN -> UNKNOWN =
            LossReported, set aside without an id     | any        | UNKNOWN SET_ASIDE -> same =
            LossReported, loss reported               | any        | -
            ClaimReleased                             | me         | UNKNOWN -> UNKNOWN me later; ENDED -> ENDED none now
            ClaimReleased                             | other none | -
            ClaimReleased, due                        | any        | -
            ClaimReleased, loss reported              | me         | ENDED -> ENDED none now
            ClaimReleased, loss reported              | other none | -
            DeliveryFailed                            | me         | ENDED -> ENDED none later
            DeliveryFailed                            | other none | -
            DeliveryFailed of another task            | any        | -
            DeliveryFailed of a loss                  | me         | UNKNOWN -> UNKNOWN me later; ENDED -> ENDED none now
            DeliveryFailed of a loss                  | other none | -
            DeliveryFailed of a loss, loss reported   | me         | ENDED -> ENDED none now
            DeliveryFailed of a loss, loss reported   | other none | -
            DeliveryExhausted                         | me         | ENDED -> SET_ASIDE none
            DeliveryExhausted                         | other none | -
            DeliveryExhausted of another task         | any        | -
            TaskImported                              | any        | absent -> RUNNING me
            AdoptionRevoked                           | any        | RUNNING -> x UNKNOWN none; SET_ASIDE -> x SET_ASIDE none
            AdoptionRevoked with a result             | any        | RUNNING -> x UNKNOWN none
            AdoptionRevoked of another task           | any        | -
            ImportMerged                              | me none    | RUNNING ENDED SET_ASIDE -> x
            ImportMerged                              | other      | -
            OperatorSetAside                          | any        | UNKNOWN RUNNING ENDED -> SET_ASIDE none
            OperatorRetried                           | any        | REJECTED -> x REJECTED none
            OperatorRetried, failed                   | any        | ENDED DELIVERED REJECTED -> x REJECTED none
            RetryUndone to ended                      | any        | REJECTED -> x ENDED none
            RetryUndone to delivered                  | any        | REJECTED -> x DELIVERED none
            RetryUndone to rejected                   | any        | REJECTED -> x REJECTED none
            Forgotten                                 | any        | UNKNOWN ENDED DELIVERED SET_ASIDE REJECTED -> x
            PromptErased                              | any        | DELIVERED SET_ASIDE REJECTED -> x same =
            RecordRestored, newer                     | any        | absent every -> RUNNING me
            RecordRestored, older                     | any        | absent -> RUNNING me
            RecordRestored, sent under another intent | any        | absent -> RUNNING me; every -> x RUNNING me
            RecordRestored, later intent              | any        | absent -> INTENT me; every -> x INTENT me
            RecordRestored, earlier intent            | any        | absent -> INTENT me
            """;

    private static final Instant NOW = Instant.parse("2026-01-14T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(600);
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final long VERSION = 7;
    private static final String ABSENT = "absent";
    private static final List<String> STATES = Stream.concat(
                    Stream.of(ABSENT), Stream.of(TaskState.values()).map(Enum::name))
            .toList();
    private static final String EVERY =
            Stream.of(TaskState.values()).map(Enum::name).collect(Collectors.joining(" "));
    private static final Map<String, String> OWNERS = new HashMap<>(Map.of("me", "node-1", "other", "node-2"));

    static {
        OWNERS.put("none", null);
    }

    /** An event, and what is special about the record that it meets. */
    private record Given(TaskEvent event, UnaryOperator<TaskRecord> record) {
        static Given of(TaskEvent event) {
            return new Given(event, UnaryOperator.identity());
        }
    }

    /** A line of the table, for one state and one owner. */
    record Case(String label, String state, String owner, String expected) {
        @Override
        public String toString() {
            return label + ": " + state + " of " + owner + " -> " + expected;
        }
    }

    private static final Map<String, Given> GIVEN = given();

    @ParameterizedTest
    @MethodSource("cases")
    void anEventLeadsWhereTheTableSays(Case expected) {
        TaskRecord standing = standing(expected);

        TaskStep step = TaskStateMachine.next(standing, event(expected), "node-1", NOW);

        assertThat(shown(step)).isEqualTo(expected.expected());
    }

    @Test
    void aRecordIsWrittenOverTheVersionThatWasRead() {
        Stream<TaskRecord> written = cases().filter(one -> !one.state().equals(ABSENT))
                .map(one -> TaskStateMachine.next(standing(one), event(one), "node-1", NOW))
                .filter(TaskStep.Write.class::isInstance)
                .map(step -> ((TaskStep.Write) step).next());

        assertThat(written).isNotEmpty().allSatisfy(next -> {
            assertThat(next.version()).isEqualTo(VERSION);
            assertThat(TaskKey.of(next)).isEqualTo(new TaskKey("default", "key-1"));
        });
    }

    @Test
    void everyTransitionHasACaseAndEveryCaseATransition() {
        Set<String> listed = TransitionTable.rows().stream()
                .filter(row -> row.operation() != Operation.RESTORE)
                .flatMap(row -> row.transitions().stream().map(step -> line(row.event(), step)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> visited = cases().filter(one -> !List.of("-", "?").contains(one.expected()))
                .filter(one -> !(event(one) instanceof TaskEvent.RecordRestored))
                .map(one -> line(event(one).getClass(), transition(one)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(visited).isEqualTo(listed);
    }

    @Test
    void everyEventMeetsEveryStateOfEveryOwner() {
        Map<String, Long> cases = cases().collect(Collectors.groupingBy(Case::label, Collectors.counting()));

        assertThat(cases.keySet()).isEqualTo(GIVEN.keySet());
        assertThat(cases.values()).containsOnly((long) STATES.size() * OWNERS.size());
        assertThat(GIVEN.values().stream()
                        .<Class<? extends TaskEvent>>map(given -> given.event().getClass()))
                .containsAll(permitted());
        assertThat(TransitionTable.rows().stream().map(TransitionTable.Row::event))
                .containsExactlyInAnyOrderElementsOf(permitted());
    }

    /** What users' own ledgers go by. */
    @ParameterizedTest
    @MethodSource("pairsOfStates")
    void aStateCanBecomeWhatAnEventReplacesItBy(TaskState from, TaskState to) {
        boolean isListed = TransitionTable.rows().stream()
                .filter(row -> row.operation() == Operation.REPLACE || row.operation() == Operation.RESTORE)
                .anyMatch(row -> row.transitions().contains(new Transition(from, to)));

        assertThat(from.canBecome(to)).isEqualTo(from == to || isListed);
        assertThat(StepRules.before(to).anyMatch(state -> state == from)).isEqualTo(from.canBecome(to));
    }

    /** Beside state, owner and due time. */
    @ParameterizedTest
    @CsvSource({
        "SubmitAccepted, UNKNOWN, acceptedAt deliveries taskId trackUntil",
        "IntentWithdrawn, INTENT, ''",
        "AnswerLost, INTENT, trackUntil",
        "LostSubmitFound, UNKNOWN, acceptedAt deliveries taskId trackUntil",
        "'TaskCompleted, claimed', RUNNING, deliveries endedAt expiresAt result",
        "'TaskCompleted, unclaimed', RUNNING, deliveries endedAt expiresAt result",
        "AddressFound, DELIVERED, deliveredAt deliveries endedAt expiresAt result",
        "'WaiterRegistered, due', UNKNOWN, ''",
        "TrackingTimedOut, RUNNING, ''",
        "TaskResumed, SET_ASIDE, deliveries trackUntil",
        "'TaskResumed, set aside with a result', SET_ASIDE, deliveries",
        "OwnershipConfirmed, RUNNING, ''",
        "TakenOver, UNKNOWN, ''",
        "TakenOver, RUNNING, ''",
        "DeliveryStarted, ENDED, ''",
        "Delivered, ENDED, deliveredAt",
        "LossReported, UNKNOWN, deliveries lossReportedAt",
        "ClaimReleased, ENDED, ''",
        "DeliveryFailed, ENDED, deliveries",
        "DeliveryFailed of a loss, UNKNOWN, deliveries",
        "DeliveryFailed of a loss, ENDED, ''",
        "DeliveryExhausted, ENDED, ''"
    })
    void anEventChangesTheseFields(String label, TaskState state, String fields) {
        Given given = GIVEN.get(label);
        TaskRecord standing = standing(state.name(), "node-1", given);

        TaskStep step = TaskStateMachine.next(standing, given.event(), "node-1", NOW);

        assertThat(step)
                .isInstanceOfSatisfying(TaskStep.Write.class, write -> assertThat(changed(standing, write.next()))
                        .isEqualTo(fields));
    }

    @Test
    void aLostSubmitIsSearchedForAsLongAsItsFirstOwnerMeantTo() {
        TaskRecord unknown = record(TaskState.UNKNOWN, "node-2");
        TaskRecord intent = record(TaskState.INTENT, "node-2").trackedUntil(null);

        assertThat(next(unknown, takenOver()).due().trackUntil())
                .isEqualTo(unknown.due().trackUntil());
        assertThat(next(intent, takenOver()).due().trackUntil()).isEqualTo(LATER);
    }

    // It comes from outside, and a ledger may not be able to hold every time.
    @ParameterizedTest
    @ValueSource(longs = {-100_000, -30, 30, 100_000})
    void aResultWhoseExpiryMakesNoSenseExpiresAfterADay(long days) {
        assertThat(expiryOfAResultThatExpires(NOW.plus(Duration.ofDays(days)))).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-29, 0, 29})
    void aResultExpiresWhenTheServiceSays(long days) {
        Instant expiry = NOW.plus(Duration.ofDays(days));

        assertThat(expiryOfAResultThatExpires(expiry)).isEqualTo(expiry);
    }

    @Test
    void aResultOfWhichTheServiceSaysNoExpiryExpiresAfterADay() {
        assertThat(expiryOfAResultThatExpires(null)).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    private static Instant expiryOfAResultThatExpires(Instant expiry) {
        VideoTask result = new VideoTask(
                "video_1",
                null,
                null,
                TaskStatus.COMPLETED,
                100,
                null,
                null,
                null,
                expiry,
                "https://a.com/b",
                null,
                null,
                null,
                null);
        TaskEvent completed = new TaskEvent.TaskCompleted("video_1", result, ClaimHere.CERTAIN);
        return next(record(TaskState.RUNNING, "node-1"), completed).due().expiresAt();
    }

    @Test
    void aStepThatTheTableDoesNotHaveIsNotWritten() {
        TaskEvent wrong = new TaskEvent.SubmitStarted(record(TaskState.RUNNING, "node-1"), null);

        assertThatIllegalStateException()
                .isThrownBy(() -> TaskStateMachine.next(null, wrong, "node-1", NOW))
                .withMessage("SubmitStarted must not lead from null to RUNNING");
    }

    @Test
    void aSubmitThatStartsWritesItsBooking() {
        TaskRecord intent = record(TaskState.INTENT, "node-1");
        Booking booking = Bookings.held(intent);

        assertThat(booking(null, new TaskEvent.SubmitStarted(intent, booking))).isSameAs(booking);
        assertThat(booking(record(TaskState.REJECTED, null), new TaskEvent.SubmitStarted(intent, booking)))
                .isSameAs(booking);
    }

    @Test
    void aWithdrawnIntentReleasesItsPrice() {
        Booking booking =
                booking(record(TaskState.INTENT, "node-1"), new TaskEvent.IntentWithdrawn("wire-1", "rejected"));

        assertThat(booking.amount()).isEqualByComparingTo(BigDecimal.TEN.negate());
        assertThat(booking.account()).isEqualTo("default");
        assertThat(booking.tenant()).isEqualTo("tenant");
        assertThat(booking.isLimited()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void onlyAFailedTaskReleasesItsPriceAndOnlyIfTheVendorRefunds(TaskStatus status) {
        TaskEvent completed = new TaskEvent.TaskCompleted("video_1", endedAs(status, "content_policy"), ClaimHere.NONE);
        TaskRecord kept = record(TaskState.RUNNING, "node-1");
        TaskRecord refunded = kept.withPrice(new TaskPrice(BigDecimal.TEN, null, true));

        assertThat(booking(kept, completed)).isNull();
        if (status == TaskStatus.FAILED) {
            assertThat(booking(refunded, completed).amount()).isEqualByComparingTo(BigDecimal.TEN.negate());
        } else {
            assertThat(booking(refunded, completed)).isNull();
        }
    }

    @Test
    void aTaskThatLacksOnlyItsAddressKeepsItsPrice() {
        TaskEvent completed =
                new TaskEvent.TaskCompleted("video_1", endedAs(TaskStatus.FAILED, "result_missing"), ClaimHere.NONE);
        TaskRecord refunded = record(TaskState.RUNNING, "node-1").withPrice(new TaskPrice(BigDecimal.TEN, null, true));

        assertThat(booking(refunded, completed)).isNull();
    }

    private static Booking booking(TaskRecord standing, TaskEvent event) {
        return ((TaskStep.Write) TaskStateMachine.next(standing, event, "node-1", NOW)).booking();
    }

    private static VideoTask endedAs(TaskStatus status, String errorCode) {
        return new VideoTask(
                "video_1", null, null, status, 100, null, null, null, null, null, null, errorCode, "No video", null);
    }

    @Test
    void aFailedDeliveryIsCounted() {
        TaskEvent third = new TaskEvent.DeliveryFailed("video_1", 3, LATER);

        assertThat(next(record(TaskState.ENDED, "node-1"), third).deliveries()).isEqualTo(3);
    }

    @Test
    void anAcceptedSubmitHasItsIdAndIsTrackedFromNow() {
        TaskRecord accepted = next(
                record(TaskState.UNKNOWN, "node-1"), new TaskEvent.SubmitAccepted("wire-1", "video_2", LATER, null));

        assertThat(accepted.taskId()).isEqualTo("video_2");
        assertThat(accepted.times().acceptedAt()).isEqualTo(NOW);
        assertThat(accepted.due().trackUntil()).isEqualTo(LATER);
    }

    @Test
    void whatTheServiceSaysThatItChargedIsRecordedAndStaysWhenALaterAnswerSaysNothing() {
        BigDecimal twenty = BigDecimal.valueOf(20);

        TaskRecord accepted = next(
                record(TaskState.INTENT, "node-1"), new TaskEvent.SubmitAccepted("wire-1", "video_1", LATER, twenty));
        TaskRecord ended = next(accepted, completed("video_1", ClaimHere.NONE));

        assertThat(accepted.price().charged()).isEqualTo(twenty);
        assertThat(ended.price().charged()).isEqualTo(twenty);
        assertThat(TaskJson.read(ended.result()).chargedCredits()).isEqualTo(twenty);
    }

    @Test
    void aRetriedKeyBeginsAnewWithItsRequest() {
        TaskRecord failed = failed(record(TaskState.DELIVERED, null));

        TaskStep step = TaskStateMachine.next(failed, new TaskEvent.OperatorRetried(), "node-1", NOW);

        TaskRecord unpaid = ((TaskStep.Supersede) step).successor();
        assertThat(TaskKey.of(unpaid)).isEqualTo(TaskKey.of(failed));
        assertThat(unpaid.request()).isEqualTo(failed.request());
        assertThat(unpaid.times()).isEqualTo(new Times(NOW, null, null, null, null));
        assertThat(unpaid.due()).isEqualTo(Due.NOTHING);
        assertThat(Stream.of(unpaid.wireKey(), unpaid.taskId(), unpaid.result()))
                .containsOnlyNulls();
    }

    private static TaskRecord next(TaskRecord standing, TaskEvent event) {
        return ((TaskStep.Write) TaskStateMachine.next(standing, event, "node-1", NOW)).next();
    }

    private static String changed(TaskRecord before, TaskRecord after) {
        Map<String, Object> earlier = fields(before);
        Map<String, Object> later = fields(after);
        return earlier.keySet().stream()
                .filter(name -> !Objects.equals(earlier.get(name), later.get(name)))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Object> fields(TaskRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("wireKey", record.wireKey());
        fields.put("request", record.request());
        fields.put("taskId", record.taskId());
        fields.put("result", record.result());
        fields.put("createdAt", record.times().createdAt());
        fields.put("acceptedAt", record.times().acceptedAt());
        fields.put("endedAt", record.times().endedAt());
        fields.put("lossReportedAt", record.times().lossReportedAt());
        fields.put("deliveredAt", record.times().deliveredAt());
        fields.put("trackUntil", record.due().trackUntil());
        fields.put("expiresAt", record.due().expiresAt());
        fields.put("deliveries", record.deliveries());
        fields.put("tag", record.tag());
        fields.put("carriedHeaders", record.carriedHeaders());
        return fields;
    }

    static Stream<Arguments> pairsOfStates() {
        return Stream.of(TaskState.values())
                .flatMap(from -> Stream.of(TaskState.values()).map(to -> Arguments.of(from, to)));
    }

    static Stream<Case> cases() {
        return EXPECTED.lines().flatMap(TaskStateMachineTest::cases);
    }

    private static Stream<Case> cases(String line) {
        String[] columns = line.split("\\|");
        Map<String, String> steps = new HashMap<>();
        if (!columns[2].strip().equals("-")) {
            for (String step : columns[2].split(";")) {
                String[] sides = step.split("->");
                String from = sides[0].strip().replace("every", EVERY);
                for (String state : from.split(" ")) {
                    assertThat(STATES).contains(state);
                    assertThat(steps.put(state, sides[1].strip())).isNull();
                }
            }
        }
        return owners(columns[1].strip()).flatMap(owner -> STATES.stream().map(state -> {
            String step = steps.getOrDefault(state, state.equals(ABSENT) ? "?" : "-");
            return new Case(
                    columns[0].strip(), state, owner, step.replace("=", owner).replace("same", state));
        }));
    }

    private static Stream<String> owners(String named) {
        return named.equals("any") ? OWNERS.keySet().stream() : Arrays.stream(named.split(" "));
    }

    private static TaskEvent event(Case one) {
        return GIVEN.get(one.label()).event();
    }

    private static Transition transition(Case one) {
        String to = one.expected().replaceFirst("^x ?", "").replaceFirst(" .*", "");
        return new Transition(state(one.state()), to.isEmpty() ? null : TaskState.valueOf(to));
    }

    private static TaskState state(String name) {
        return name.equals(ABSENT) ? null : TaskState.valueOf(name);
    }

    private static String line(Class<?> event, Transition transition) {
        return event.getSimpleName() + ": " + transition.from() + " -> " + transition.to();
    }

    @SuppressWarnings("unchecked")
    private static List<Class<? extends TaskEvent>> permitted() {
        return Stream.of(TaskEvent.class.getPermittedSubclasses())
                .<Class<? extends TaskEvent>>map(event -> (Class<? extends TaskEvent>) event)
                .toList();
    }

    private static String shown(TaskStep step) {
        if (step instanceof TaskStep.Write write) {
            return shown(write.next());
        }
        if (step instanceof TaskStep.Supersede supersede) {
            return supersede.successor() == null ? "x" : "x " + shown(supersede.successor());
        }
        return step == TaskStep.KEEP ? "-" : "?";
    }

    private static String shown(TaskRecord record) {
        String owner = OWNERS.entrySet().stream()
                .filter(named -> Objects.equals(named.getValue(), record.owner()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Instant due = record.due().nextDelivery();
        String when = due == null ? "" : due.equals(NOW) ? " now" : due.equals(LATER) ? " later" : " at " + due;
        return record.state() + " " + owner + when;
    }

    private static Map<String, Given> given() {
        Map<String, Given> all = new LinkedHashMap<>();
        all.put("SubmitStarted", Given.of(new TaskEvent.SubmitStarted(record(TaskState.INTENT, "node-1"), null)));
        TaskEvent accepted = new TaskEvent.SubmitAccepted("wire-1", "video_2", LATER, null);
        all.put("SubmitAccepted", Given.of(accepted));
        all.put(
                "SubmitAccepted of another intent",
                Given.of(new TaskEvent.SubmitAccepted("wire-2", "video_2", LATER, null)));
        all.put("SubmitAccepted, set aside with a result", new Given(accepted, TaskStateMachineTest::withResult));
        all.put("IntentWithdrawn", Given.of(new TaskEvent.IntentWithdrawn("wire-1", "rejected")));
        all.put("IntentWithdrawn of another intent", Given.of(new TaskEvent.IntentWithdrawn("wire-2", "rejected")));
        TaskEvent lost = new TaskEvent.AnswerLost("wire-1", LATER);
        all.put("AnswerLost", Given.of(lost));
        all.put("AnswerLost of another intent", Given.of(new TaskEvent.AnswerLost("wire-2", LATER)));
        all.put("AnswerLost, set aside with a result", new Given(lost, TaskStateMachineTest::withResult));
        all.put("LostSubmitFound", Given.of(new TaskEvent.LostSubmitFound("wire-1", "video_2", LATER)));
        all.put(
                "LostSubmitFound of another intent",
                Given.of(new TaskEvent.LostSubmitFound("wire-2", "video_2", LATER)));
        all.put("TaskCompleted, unclaimed", Given.of(completed("video_1", ClaimHere.NONE)));
        all.put("TaskCompleted, claimed", Given.of(completed("video_1", ClaimHere.CERTAIN)));
        all.put("TaskCompleted, claimed before a break", Given.of(completed("video_1", ClaimHere.UNCERTAIN)));
        all.put("TaskCompleted of another task", Given.of(completed("video_2", ClaimHere.CERTAIN)));
        all.put(
                "TaskCompleted, set aside with a result",
                new Given(completed("video_1", ClaimHere.CERTAIN), TaskStateMachineTest::withResult));
        TaskEvent found = new TaskEvent.AddressFound(task(TaskStatus.COMPLETED, null));
        all.put("AddressFound", new Given(found, TaskStateMachineTest::withoutAddress));
        all.put("AddressFound, not missing", new Given(found, TaskStateMachineTest::withResult));
        all.put(
                "AddressFound, still without one",
                new Given(
                        new TaskEvent.AddressFound(task(TaskStatus.COMPLETED, "result_missing")),
                        TaskStateMachineTest::withoutAddress));
        all.put("WaiterRegistered", Given.of(new TaskEvent.WaiterRegistered()));
        all.put("WaiterRegistered, due", new Given(new TaskEvent.WaiterRegistered(), TaskStateMachineTest::due));
        all.put("TrackingTimedOut", Given.of(new TaskEvent.TrackingTimedOut()));
        TaskEvent resumed = new TaskEvent.TaskResumed(LATER);
        all.put("TaskResumed", Given.of(resumed));
        all.put("TaskResumed, set aside with a result", new Given(resumed, TaskStateMachineTest::withResult));
        all.put("TaskResumed, set aside without an id", new Given(resumed, TaskStateMachineTest::withoutId));
        all.put("OwnershipConfirmed", Given.of(new TaskEvent.OwnershipConfirmed("wire-1")));
        all.put("OwnershipConfirmed, intent not known", Given.of(new TaskEvent.OwnershipConfirmed(null)));
        all.put("OwnershipConfirmed of another intent", Given.of(new TaskEvent.OwnershipConfirmed("wire-2")));
        all.put("TakenOver", Given.of(takenOver()));
        all.put("TakenOver, loss reported", new Given(takenOver(), TaskStateMachineTest::reported));
        all.put("DeliveryStarted", new Given(new TaskEvent.DeliveryStarted(), TaskStateMachineTest::due));
        all.put("Delivered", Given.of(new TaskEvent.Delivered("video_1", false)));
        all.put(
                "Delivered, set aside with a result",
                new Given(new TaskEvent.Delivered("video_1", false), TaskStateMachineTest::withResult));
        all.put("Delivered of another task", Given.of(new TaskEvent.Delivered("video_2", false)));
        all.put("Delivered without a result", Given.of(new TaskEvent.Delivered(null, false)));
        TaskEvent lacking = new TaskEvent.Delivered("video_1", true);
        all.put("Delivered without an address", new Given(lacking, TaskStateMachineTest::withoutAddress));
        all.put("Delivered, address found since", Given.of(lacking));
        all.put("LossReported", new Given(new TaskEvent.LossReported(), TaskStateMachineTest::due));
        all.put(
                "LossReported, set aside without an id",
                new Given(new TaskEvent.LossReported(), TaskStateMachineTest::withoutId));
        all.put("LossReported, loss reported", new Given(new TaskEvent.LossReported(), TaskStateMachineTest::reported));
        TaskEvent released = new TaskEvent.ClaimReleased(RECOVERY);
        all.put("ClaimReleased", Given.of(released));
        all.put("ClaimReleased, due", new Given(released, TaskStateMachineTest::due));
        all.put("ClaimReleased, loss reported", new Given(released, TaskStateMachineTest::reported));
        TaskEvent failed = new TaskEvent.DeliveryFailed("video_1", 3, LATER);
        TaskEvent failedLoss = new TaskEvent.DeliveryFailed(null, 3, LATER);
        all.put("DeliveryFailed", Given.of(failed));
        all.put("DeliveryFailed of another task", Given.of(new TaskEvent.DeliveryFailed("video_2", 3, LATER)));
        all.put("DeliveryFailed of a loss", Given.of(failedLoss));
        all.put("DeliveryFailed of a loss, loss reported", new Given(failedLoss, TaskStateMachineTest::reported));
        all.put("DeliveryExhausted", Given.of(new TaskEvent.DeliveryExhausted("video_1")));
        all.put("DeliveryExhausted of another task", Given.of(new TaskEvent.DeliveryExhausted("video_2")));
        all.put("TaskImported", Given.of(new TaskEvent.TaskImported(record(TaskState.RUNNING, "node-1"))));
        TaskEvent revoked = new TaskEvent.AdoptionRevoked("video_1");
        all.put("AdoptionRevoked", Given.of(revoked));
        all.put("AdoptionRevoked with a result", new Given(revoked, TaskStateMachineTest::withResult));
        all.put("AdoptionRevoked of another task", Given.of(new TaskEvent.AdoptionRevoked("video_2")));
        all.put("ImportMerged", Given.of(new TaskEvent.ImportMerged()));
        all.put("OperatorSetAside", Given.of(new TaskEvent.OperatorSetAside()));
        all.put("OperatorRetried", Given.of(new TaskEvent.OperatorRetried()));
        all.put("OperatorRetried, failed", new Given(new TaskEvent.OperatorRetried(), TaskStateMachineTest::failed));
        all.put("RetryUndone to ended", Given.of(new TaskEvent.RetryUndone(record(TaskState.ENDED, null))));
        all.put("RetryUndone to delivered", Given.of(new TaskEvent.RetryUndone(record(TaskState.DELIVERED, null))));
        all.put("RetryUndone to rejected", Given.of(new TaskEvent.RetryUndone(record(TaskState.REJECTED, null))));
        all.put("Forgotten", Given.of(new TaskEvent.Forgotten()));
        all.put("PromptErased", Given.of(new TaskEvent.PromptErased()));
        TaskRecord running = record(TaskState.RUNNING, "node-1");
        all.put("RecordRestored, newer", Given.of(restored(running.withVersion(VERSION + 2))));
        all.put("RecordRestored, older", Given.of(restored(running)));
        all.put("RecordRestored, sent under another intent", Given.of(restored(another(running, EARLIER))));
        TaskRecord intent = record(TaskState.INTENT, "node-1");
        all.put("RecordRestored, later intent", Given.of(restored(another(intent, EARLIER.plusSeconds(1)))));
        all.put("RecordRestored, earlier intent", Given.of(restored(another(intent, EARLIER))));
        return all;
    }

    private static TaskEvent takenOver() {
        return new TaskEvent.TakenOver(LATER, RECOVERY);
    }

    private static TaskEvent completed(String taskId, ClaimHere claim) {
        return new TaskEvent.TaskCompleted(taskId, task(TaskStatus.COMPLETED, null), claim);
    }

    private static TaskEvent restored(TaskRecord known) {
        return new TaskEvent.RecordRestored(known);
    }

    private static VideoTask task(TaskStatus status, String errorCode) {
        String url = errorCode == null ? "https://example.com/video.mp4" : null;
        return new VideoTask(
                "video_1", null, null, status, 100, null, null, null, null, url, null, errorCode, null, null);
    }

    private static TaskRecord standing(Case one) {
        return standing(one.state(), OWNERS.get(one.owner()), GIVEN.get(one.label()));
    }

    private static TaskRecord standing(String state, String owner, Given given) {
        return state.equals(ABSENT) ? null : given.record().apply(record(TaskState.valueOf(state), owner));
    }

    /** A record in which each field that its state may have is set. */
    private static TaskRecord record(TaskState state, String owner) {
        boolean hasEnded = state == TaskState.ENDED || state == TaskState.DELIVERED;
        boolean hasId = hasEnded || state == TaskState.RUNNING || state == TaskState.SET_ASIDE;
        return record(
                state,
                "wire-1",
                hasId ? "video_1" : null,
                hasEnded ? TaskJson.write(task(TaskStatus.COMPLETED, null)) : null,
                owner,
                new Times(
                        EARLIER,
                        hasId ? EARLIER : null,
                        hasEnded ? EARLIER : null,
                        null,
                        state == TaskState.DELIVERED ? EARLIER : null),
                new Due(EARLIER, null, hasEnded ? EARLIER : null));
    }

    private static TaskRecord record(
            TaskState state, String wireKey, String taskId, String result, String owner, Times times, Due due) {
        return new TaskRecord(
                "default",
                "key-1",
                wireKey,
                "https://toapis.com",
                "remix",
                "{}",
                state,
                taskId,
                result,
                owner,
                times,
                due,
                2,
                "tag",
                Map.of("order", "7"),
                new TaskOrigin("video_0", "sora-2", "tenant", 7, "order-7", null),
                new TaskPrice(BigDecimal.TEN, null),
                VERSION);
    }

    private static TaskRecord another(TaskRecord record, Instant createdAt) {
        Times times = new Times(createdAt, record.times().acceptedAt(), null, null, null);
        return record(record.state(), "wire-2", record.taskId(), record.result(), record.owner(), times, record.due());
    }

    private static TaskRecord due(TaskRecord record) {
        return record.dueAt(EARLIER);
    }

    private static TaskRecord reported(TaskRecord record) {
        Times times = record.times();
        return record(
                record.state(),
                record.wireKey(),
                record.taskId(),
                record.result(),
                record.owner(),
                new Times(times.createdAt(), times.acceptedAt(), times.endedAt(), EARLIER, times.deliveredAt()),
                record.due());
    }

    private static TaskRecord withResult(TaskRecord record) {
        return ended(record, task(TaskStatus.COMPLETED, null));
    }

    private static TaskRecord withoutAddress(TaskRecord record) {
        return ended(record, task(TaskStatus.FAILED, "result_missing"));
    }

    private static TaskRecord failed(TaskRecord record) {
        return ended(record, task(TaskStatus.FAILED, "content_policy"));
    }

    /** Only a record whose task has ended, or that was set aside, has a result. */
    private static TaskRecord ended(TaskRecord record, VideoTask result) {
        boolean hasResult = record.result() != null || record.state() == TaskState.SET_ASIDE;
        return hasResult ? withResult(record, record.taskId(), TaskJson.write(result)) : record;
    }

    private static TaskRecord withoutId(TaskRecord record) {
        return withResult(record, null, record.result());
    }

    private static TaskRecord withResult(TaskRecord record, String taskId, String result) {
        return record(record.state(), record.wireKey(), taskId, result, record.owner(), record.times(), record.due());
    }
}
