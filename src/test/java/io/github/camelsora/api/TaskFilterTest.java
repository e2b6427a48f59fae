package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person types into a search box, and the filter that it is. What filters find is tested with the ledgers. */
class TaskFilterTest {
    private static final Instant NOW = Instant.parse("2026-01-14T12:00:00Z");

    static Stream<Arguments> searches() {
        TaskFilter all = TaskFilter.ALL;
        return Stream.of(
                Arguments.of("", all),
                Arguments.of(" \t\n ", all),
                Arguments.of("account:a", all.withAccount("a")),
                Arguments.of("state:unknown", all.withStates(TaskState.UNKNOWN)),
                Arguments.of("STATE:Unknown", all.withStates(TaskState.UNKNOWN)),
                Arguments.of("state:set-aside", all.withStates(TaskState.SET_ASIDE)),
                Arguments.of("state:set_aside,ended", all.withStates(TaskState.ENDED, TaskState.SET_ASIDE)),
                Arguments.of("state:ended state:unknown", all.withStates(TaskState.ENDED, TaskState.UNKNOWN)),
                Arguments.of("state:\"ended, unknown\"", all.withStates(TaskState.ENDED, TaskState.UNKNOWN)),
                Arguments.of("tag:x", all.withTag("x")),
                Arguments.of("tenant:y", all.withTenant("y")),
                Arguments.of("model:z", all.withModel("z")),
                Arguments.of("correlation:c", all.withCorrelationId("c")),
                Arguments.of("correlation:urn:c:1", all.withCorrelationId("urn:c:1")),
                Arguments.of("video_01K8", all.withText("video_01K8")),
                Arguments.of("two \t words", all.withText("two words")),
                Arguments.of("\"two \t words\"", all.withText("two \t words")),
                Arguments.of("two tag:x words", all.withTag("x").withText("two words")),
                Arguments.of("\"order:7\"", all.withText("order:7")),
                Arguments.of("tag:\"a b\" c", all.withTag("a b").withText("c")),
                Arguments.of("tag:\"say \\\"a\\\\b\\\"\"", all.withTag("say \"a\\b\"")),
                Arguments.of("a\\b", all.withText("a\\b")),
                Arguments.of("tag:it's", all.withTag("it's")),
                Arguments.of("5\"x:7", all.withText("5\"x:7")),
                Arguments.of("tag:5\"x", all.withTag("5\"x")));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void aSearchIsReadWordByWord(String search, TaskFilter expected) {
        assertThat(TaskFilter.parse(search, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "90s, PT90S",
        "10m, PT10M",
        "1h, PT1H",
        "1H30m, PT90M",
        "2d, PT48H",
        "1w, PT168H",
        "1w2d3h4m5s, PT219H4M5S",
        "0s, PT0S"
    })
    void anAgeCountsBackFromNow(String age, Duration expected) {
        assertThat(TaskFilter.parse("older:" + age, NOW))
                .isEqualTo(TaskFilter.ALL.withCreatedBefore(NOW.minus(expected)));
        assertThat(TaskFilter.parse("younger:" + age, NOW))
                .isEqualTo(TaskFilter.ALL.withCreatedAfter(NOW.minus(expected)));
    }

    @Test
    void anAgeMayBeATime() {
        assertThat(TaskFilter.parse("older:2026-01-13T00:00:00Z younger:2026-01-12T00:00:00.5Z", NOW))
                .isEqualTo(TaskFilter.ALL
                        .withCreatedBefore(Instant.parse("2026-01-13T00:00:00Z"))
                        .withCreatedAfter(Instant.parse("2026-01-12T00:00:00.500Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key:7", "status:unknown", ":7", "https://a"})
    void aWrongWordIsAnsweredWithTheRightOnes(String search) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse(search, NOW))
                .withMessageStartingWith(
                        "There is no search word '" + search.substring(0, search.indexOf(':') + 1) + "'")
                .withMessageContaining("account:, state:, tag:, tenant:, model:, correlation:, older:, younger:")
                .withMessageEndingWith("put it in quotes: \"" + search + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state:gone", "state:ended,gone", "state:gone,ended"})
    void aWrongStateIsAnsweredWithTheRightOnes(String search) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse(search, NOW))
                .withMessage("There is no state 'gone'. The states are intent, unknown, running, ended, delivered,"
                        + " set_aside, rejected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "h", "1y", "-1h", "1h 30", "yesterday", "2026-01-13", "1234567d", "9999999999999999999s"})
    void aWrongAgeIsAnsweredWithExamples(String age) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse("older:\"" + age + "\"", NOW))
                .withMessage(
                        "The search word older: takes a duration, as in 90s, 10m, 1h30m, 2d or 1w, or a time, as in"
                                + " 2026-01-14T12:00:00Z, not '" + age + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag:", "tag: x", "tag:\"\"", "tag:\" \"", "state:", "older:"})
    void aWordWithoutAValueIsRejected(String search) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse(search, NOW))
                .withMessageMatching("The search word \\w+: has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state:,", "state:ended,", "state:,ended"})
    void aListOfStatesWithAGapIsRejected(String search) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse(search, NOW))
                .withMessageStartingWith("There is no state ''");
    }

    @Test
    void aWordThatIsGivenTwiceIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse("tag:x tag:y", NOW))
                .withMessage("The search word tag: is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "\"", "tag:\"a b", "\"a\\\"", "\"a\\", "\"a\"b", "tag:\"a\"tenant:b"})
    void aQuoteThatDoesNotEndIsRejected(String search) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse(search, NOW))
                .withMessageStartingWith("This quoted value has no end, or no space behind it: \"")
                .withMessageContaining("\\\" for a quote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void aBlankValueIsRejected(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.ALL.withTag(blank))
                .withMessage("The tag of a filter is blank. Leave it out to find the records of each");
    }

    @Test
    void aQuotedTextOfNothingIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.parse("\"\"", NOW))
                .withMessageStartingWith("The text of a filter is blank");
    }

    // PostgreSQL would fail, which counts as an outage of the ledger.
    @Test
    void aCharacterThatNoRecordHasIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.ALL.withText("a\0b"))
                .withMessage("The text of a filter has the character U+0000, which no record has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void aTimeThatNoDatabaseStoresIsRejected(Instant time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.ALL.withCreatedAfter(time))
                .withMessage("The time createdAfter of a filter is not in the years 1 to 9999: " + time);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskFilter.ALL.withCreatedBefore(time))
                .withMessageStartingWith("The time createdBefore of a filter");
        assertThatIllegalArgumentException().isThrownBy(() -> TaskFilter.parse("older:999999w", NOW));
    }

    @Test
    void aFilterIsWrittenAsItIsTyped() {
        TaskFilter filter = TaskFilter.ALL
                .withText("order:7")
                .withCreatedBefore(NOW)
                .withCreatedAfter(NOW.minusSeconds(60))
                .withAccount("a")
                .withTag("two words")
                .withTenant("it's")
                .withModel("sora-2")
                .withCorrelationId("c\\d")
                .withStates(TaskState.SET_ASIDE, TaskState.UNKNOWN);

        assertThat(filter)
                .hasToString(
                        "account:a state:unknown,set_aside tag:\"two words\" tenant:\"it's\" model:sora-2"
                                + " correlation:\"c\\\\d\" older:2026-01-14T12:00:00Z younger:2026-01-14T11:59:00Z \"order:7\"");
        assertThat(TaskFilter.ALL).hasToString("");
    }

    @Test
    void whatIsWrittenIsReadAsTheSameFilter() {
        Random random = new Random(17);

        assertThat(IntStream.range(0, 2_000).mapToObj(i -> filter(random)))
                .allSatisfy(filter -> assertThat(TaskFilter.parse(filter.toString(), NOW.plusSeconds(99)))
                        .isEqualTo(filter));
    }

    private static TaskFilter filter(Random random) {
        EnumSet<TaskState> states = EnumSet.allOf(TaskState.class);
        states.removeIf(state -> random.nextInt(3) > 0);
        return new TaskFilter(
                text(random),
                states,
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextBoolean() ? null : NOW.plusNanos(random.nextLong() / 1_000),
                random.nextBoolean() ? null : NOW.plusNanos(random.nextLong() / 1_000));
    }

    /** Of the characters that mean something in a search, and some that do not. */
    private static String text(Random random) {
        String characters = "\"\"\\\\:: \n\t,'%aé💡";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString().isBlank() ? null : text.toString();
    }

    @Test
    void theStatesOfAFilterCannotBeChanged() {
        EnumSet<TaskState> states = EnumSet.of(TaskState.ENDED);
        TaskFilter filter = new TaskFilter(null, states, null, null, null, null, null, null, null);

        states.add(TaskState.UNKNOWN);

        assertThat(filter.states()).containsExactly(TaskState.ENDED).isUnmodifiable();
    }
}
