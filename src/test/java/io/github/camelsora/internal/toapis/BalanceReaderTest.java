package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ServiceUnavailableException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceReaderTest {

    @Test
    void theDocumentedAnswerIsRead() {
        Balance balance = read(200, """
                {"success": true, "remain_balance": 10.5, "used_balance": 2.3, "remain_credits": 2100,
                 "used_credits": 460, "credits_per_usd": 200, "unlimited_quota": false}""");

        assertThat(balance)
                .isEqualTo(new Balance(
                        new BigDecimal("2100"),
                        new BigDecimal("460"),
                        new BigDecimal("10.5"),
                        new BigDecimal("2.3"),
                        false));
    }

    @ParameterizedTest
    @CsvSource({"2100, true", "2101, false"})
    void aBalanceTellsWhatItCovers(long credits, boolean covered) {
        Balance balance = read(200, "{\"success\": true, \"remain_credits\": 2100}");

        assertThat(balance.covers(credits)).isEqualTo(covered);
    }

    @Test
    void minusOneWithoutALimitCoversEverything() {
        Balance balance = read(200, """
                {"success": true, "remain_balance": -1, "remain_credits": -1, "unlimited_quota": true}""");

        assertThat(balance.covers(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void a200ThatSaysNoIsNoBalance() {
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> read(200, """
                        {"success": false, "message": "Failed to get token info: record not found"}"""))
                .withMessageContaining("record not found");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyHasItsException(int status) {
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> read(status, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "<html>", "{\"success\": true}", "{\"success\": \"maybe\"}"})
    void whatTellsNoBalanceIsNone(String body) {
        assertThatExceptionOfType(ServiceUnavailableException.class).isThrownBy(() -> read(200, body));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500, 503})
    void anErrorIsNoBalance(int status) {
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> read(status, "{\"remain_credits\": 5}"));
    }

    private static Balance read(int status, String body) {
        return BalanceReader.QUERY.read(new WireAnswer(status, null, null, body.getBytes(StandardCharsets.UTF_8)));
    }
}
