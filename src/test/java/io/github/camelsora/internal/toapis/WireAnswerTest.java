package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireAnswerTest {

    @Test
    void aSecretIsRemovedFromTheRedirectTarget() {
        WireAnswer answer = new WireAnswer(302, null, "https://f.test/s3cret/x", new byte[0]).withoutSecret("s3cret");

        assertThat(answer.describe()).contains("f.test").doesNotContain("s3cret");
    }

    @Test
    void anAnswerIsReadToItsEnd() throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(200);
        response.setEntity(new StringEntity("{\"id\": 1}"));

        assertThat(WireAnswer.read(response).body()).asString().isEqualTo("{\"id\": 1}");
    }

    @Test
    void anAnswerWithoutABodyHasAnEmptyOne() throws IOException {
        assertThat(WireAnswer.read(new BasicClassicHttpResponse(204)).body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "' 120 ', 120"})
    void theTimeToWaitMayBeSeconds(String header, long seconds) throws IOException {
        assertThat(retryAfter(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void theTimeToWaitMayBeADate() throws IOException {
        ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

        Duration wait = retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour));

        assertThat(wait).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
                "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
                "EEE MMM ppd HH:mm:ss yyyy",
            })
    void aDateCountsInEachFormThatHttpKnows(String form) throws IOException {
        ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

        Duration wait = retryAfter(DateTimeFormatter.ofPattern(form, Locale.US).format(inAnHour));

        assertThat(wait).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
    }

    @Test
    void aDateIsReadByTheClockOfTheService() throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(429);
        response.setHeader("Date", "Wed Oct 21 07:28:00 2015");
        response.setHeader("Retry-After", "Wednesday, 21-Oct-15 07:29:30 GMT");

        assertThat(WireAnswer.read(response).retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aDateThatIsOverMeansNow() throws IOException {
        assertThat(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "-5", "1.5", "99999999999999999999", "21 Oct", "2026-01-14T08:43:44Z"})
    void aTimeThatCannotBeReadIsNone(String header) throws IOException {
        assertThat(retryAfter(header)).isNull();
    }

    @Test
    void noTimeIsNone() throws IOException {
        assertThat(WireAnswer.read(new BasicClassicHttpResponse(429)).retryAfter())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "299, true", "300, false"})
    void only2xxIsASuccess(int status, boolean success) {
        assertThat(new WireAnswer(status, null, null, new byte[0]).isSuccess()).isEqualTo(success);
    }

    private static Duration retryAfter(String header) throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(429);
        response.setHeader("Retry-After", header);
        return WireAnswer.read(response).retryAfter();
    }
}
