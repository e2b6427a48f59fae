package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.camel.key.Mutations;
import io.github.camelsora.internal.download.format.FileKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

/** No address leads to a forbidden host, and every header of a host is read or ignored. */
class AddressCrowdTest {
    private static final List<String> ADDRESSES = List.of(
            "https://files.test/videos/x.mp4?signature=a%2Fb",
            "https://a.cdn.test/x.mp4",
            "http://files.test:8080/x",
            "/x.mp4",
            "//files.test/x",
            "?again",
            "https://user@files.test/",
            "https://[::1]/x",
            "https://files.test\\@evil.test/x",
            "https://evil.test/?https://files.test/",
            "https://evil.test#.cdn.test",
            "ftp://files.test/x",
            "");

    private static final List<String> ADDRESS_PIECES = List.of(
            "https://",
            "http://",
            "HTTPS://",
            "//",
            "@",
            ":",
            "\\",
            "/",
            "#",
            "?",
            "%",
            "%00",
            "%0d%0a",
            "\r\n",
            "\t",
            "files.test",
            ".cdn.test",
            "evil.test",
            "127.0.0.1",
            "[",
            "]",
            "::1",
            "0x7f.1",
            "。",
            "\u0000",
            "..",
            "user:pw@",
            ":99999",
            ";",
            "\u212a");

    private static final List<String> VALUES = List.of(
            "bytes 0-9/10",
            "bytes */10",
            "bytes 5-4/10",
            "\"tag\"",
            "W/\"tag\"",
            "120",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "video/mp4",
            "video/mp4; codecs=\"x\"",
            "attachment; filename=\"../../etc/passwd\"",
            "attachment; filename*=UTF-8''%2e%2e%2fx",
            "");

    private static final List<String> VALUE_PIECES = List.of(
            "bytes ",
            "-",
            "/",
            "*",
            "9".repeat(30),
            "\"",
            "W/",
            "GMT",
            ";",
            "=",
            "\r\n",
            "\0",
            "text/html",
            "../",
            "é",
            " ");

    @Test
    void noneOfAHundredThousandAddressesLeadsAstray() {
        Mutations mutations = new Mutations(17, ADDRESSES, ADDRESS_PIECES);

        for (int i = 0; i < 100_000; i++) {
            AddressRules.check(mutations.nextText());
        }
    }

    @Test
    void noneOfAHundredThousandHeadersIsMisread() {
        Mutations mutations = new Mutations(19, VALUES, VALUE_PIECES);

        for (int i = 0; i < 100_000; i++) {
            checkHeader(i, new String(mutations.next(), StandardCharsets.ISO_8859_1));
        }
    }

    private static void checkHeader(int number, String value) {
        Optional<ContentRange> range = ContentRange.read(value);
        range.filter(r -> r.first() >= 0).ifPresent(r -> {
            assertThat(r.last()).isGreaterThanOrEqualTo(r.first());
            assertThat(r.total() < 0 || r.last() < r.total()).isTrue();
        });
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        // One of the four that are dates: to find that a text is none takes its time.
        response.setHeader(
                List.of("Last-Modified", "Date", "Retry-After", "ETag").get(number % 4), value);
        assertThat(Instant.now().plus(Transfer.retryAfter(response))).isNotNull();
        String validator = Transfer.validator(response);
        assertThat(validator == null || validator.startsWith("\"")).isTrue();
        if (FileKind.VIDEO.isTypeOf(value)) {
            assertThat(value).matches("(?i)video/[a-z0-9.+-]+");
        }
    }
}
