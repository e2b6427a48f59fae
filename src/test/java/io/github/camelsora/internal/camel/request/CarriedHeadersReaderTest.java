package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.ledger.TaskLabels;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers of a message are kept with its task, and what becomes of their values. */
class CarriedHeadersReaderTest {
    private static final UUID ID = UUID.fromString("0b1c2d3e-4f50-4617-8283-94a5b6c7d8e9");
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    private final CamelContext context = new DefaultCamelContext();
    private final Message message = new DefaultMessage(context);

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(new StringBuilder("text"), "text"),
                Arguments.of('c', "c"),
                Arguments.of(42, 42),
                Arguments.of(42L, 42),
                Arguments.of(1L << 40, 1L << 40),
                Arguments.of((short) 7, 7),
                Arguments.of(2.5, 2.5),
                Arguments.of(new BigDecimal("2.5"), 2.5),
                Arguments.of(new AtomicLong(3), 3),
                Arguments.of(true, true),
                Arguments.of(NOON, "2026-01-14T12:00:00Z"),
                Arguments.of(LocalDate.of(2026, 1, 14), "2026-01-14"),
                Arguments.of(Date.from(NOON), "2026-01-14T12:00:00Z"),
                Arguments.of(java.sql.Timestamp.from(NOON), "2026-01-14T12:00:00Z"),
                Arguments.of(new java.sql.Date(NOON.toEpochMilli()), "2026-01-14T12:00:00Z"),
                Arguments.of(ID, ID.toString()),
                Arguments.of(URI.create("https://example.com/a"), "https://example.com/a"),
                Arguments.of(TaskStatus.COMPLETED, "COMPLETED"),
                Arguments.of(List.of(1, "two", NOON), List.of(1, "two", "2026-01-14T12:00:00Z")),
                Arguments.of(Arrays.asList("a", null), Arrays.asList("a", null)),
                Arguments.of(Map.of("a", List.of(ID)), Map.of("a", List.of(ID.toString()))),
                Arguments.of(Map.of(1, true), Map.of("1", true)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsKeptAsItWillComeBack(Object value, Object kept) {
        message.setHeader("mine", value);

        assertThat(carried("mine")).containsExactly(Map.entry("mine", kept));
    }

    static Stream<Object> strangers() {
        return Stream.of(
                new ByteArrayInputStream(new byte[0]),
                new byte[] {1},
                new Object(),
                Duration.ofSeconds(1),
                List.of(new Object()),
                Map.of("a", new Object()));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void aValueThatCannotBeKeptIsRejectedInWords(Object value) {
        message.setHeader("mine", value);

        Throwable reason = catchThrowable(() -> carried("mine"));

        assertThat(reason)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'mine'", "carryHeaders")
                .hasMessageNotContaining("paid");
    }

    @Test
    void aValueThatIsNotCarriedMayBeAnything() {
        message.setHeader("mine", "text");
        message.setHeader("yours", new Object());

        assertThat(carried("mine")).containsOnlyKeys("mine");
    }

    @Test
    void withoutTheOptionNothingIsKept() {
        message.setHeader("mine", "text");

        assertThat(carried(null)).isEmpty();
        assertThat(carried(" ")).isEmpty();
    }

    @Test
    void namesAreSeparatedByCommas() {
        setHeaders("a", "b", "c");

        assertThat(carried("a , c")).containsOnlyKeys("a", "c");
    }

    @Test
    void aNameMayEndWithAnAsterisk() {
        setHeaders("order-id", "order-date", "customer");

        assertThat(carried("order-*")).containsOnlyKeys("order-id", "order-date");
    }

    @Test
    void anAsteriskAloneIsAll() {
        setHeaders("a", "b");

        assertThat(carried("*")).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "Camel*", "CamelSoraTag", "CamelFileName", "camelHttpPath"})
    void headersOfCamelAreNeverKept(String names) {
        setHeaders("CamelSoraTag", "CamelFileName", "camelHttpPath", "CAMELAnything");

        assertThat(carried(names)).isEmpty();
    }

    @Test
    void aHeaderWithoutAValueIsNotKept() {
        message.setHeader("mine", null);

        assertThat(carried("*")).isEmpty();
    }

    @Test
    void theTagOfTheMessageComesBeforeThatOfTheEndpoint() {
        assertThat(read("puppies", null).tag()).isEqualTo("puppies");

        message.setHeader("CamelSoraTag", "kittens");

        assertThat(read("puppies", null).tag()).isEqualTo("kittens");
    }

    private void setHeaders(String... names) {
        for (String name : names) {
            message.setHeader(name, "text");
        }
    }

    private Map<String, Object> carried(String names) {
        return read(null, names).headers();
    }

    private TaskLabels read(String tag, String carryHeaders) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setMessage(message);
        OptionExpression tagOption = OptionExpression.of(context, "tag", tag, AllowedFunctions.SAFE);
        OptionExpression correlationId = OptionExpression.of(context, "correlationId", null, AllowedFunctions.SAFE);
        return new CarriedHeadersReader(tagOption, correlationId, carryHeaders).read(exchange);
    }
}
