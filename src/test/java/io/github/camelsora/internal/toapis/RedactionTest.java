package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://f.test/x.mp4?s3cret",
                "https://f.test/x.mp4?sig=s3cret",
                "http://f.test/x.mp4?a=b&sig=s3cret",
                "HTTPS://F.TEST/x.mp4?sig=s3cret",
                "https://f.test:8443/x.mp4?sig=s3cret",
                "https://f.test?sig=s3cret",
                "https://f.test/x.mp4?a='b'&sig=s3cret",
                "https://f.test/x.mp4?a=?&sig=s3cret",
                "https:\\/\\/f.test\\/x.mp4?sig=s3cret",
                "<a href=\"https://f.test/x.mp4?sig=s3cret\">",
                "{\"url\":\"https://f.test/x.mp4?sig=s3cret\"}",
                "(https://f.test/1?sig=s3cret) and (https://f.test/2?sig=s3cret)",
                "Bearer s3cret",
                "bearer s3cret",
                "BEARER  s3cret",
                "Authorization: Bearer s3cret, X: y",
                "{\"Authorization\": \"Bearer s3cret\"}",
            })
    void secretsDoNotSurvive(String text) {
        assertThat(Redaction.of(text)).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The video is too long              | The video is too long",
                "Why? Because                       | Why? Because",
                "See https://toapis.com/docs        | See https://toapis.com/docs",
                "At https://f.test/x.mp4?a=b now    | At https://f.test/x.mp4?… now",
                "Bearer abc is wrong                | Bearer … is wrong",
            })
    void theRestOfATextStays(String text, String redacted) {
        assertThat(Redaction.of(text)).isEqualTo(redacted);
    }

    @Test
    void aKnownSecretDoesNotSurvive() {
        String redacted = Redaction.of("Wrong key: sk-12(3, again: sk-12(3.", "sk-12(3");

        assertThat(redacted).isEqualTo("Wrong key: …, again: ….");
    }

    @Test
    void aKnownSecretDoesNotSurviveWhereALongTextIsCut() {
        String text = "x".repeat(495) + "sk-123456789";

        assertThat(Redaction.of(text, "sk-123456789")).doesNotContain("sk-");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aSecretThatIsNoneChangesNothing(String secret) {
        assertThat(Redaction.of("No such task", secret)).isEqualTo("No such task");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Redaction.of("x".repeat(100_000))).hasSizeLessThan(1000);
    }

    @Test
    void noTextStaysNoText() {
        assertThat(Redaction.of(null)).isNull();
        assertThat(Redaction.of(null, "sk-1")).isNull();
    }
}
