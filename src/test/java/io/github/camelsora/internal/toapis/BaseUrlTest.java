package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://toapis.com",
                "https://toapis.com/",
                "https://toapis.com//",
                "https://toapis.com/v1",
                "https://toapis.com/v1/",
                "https://toapis.com//v1//",
                "https://toapis.com/V1/",
                "HTTPS://toapis.com/v1",
                "  https://toapis.com/v1\n",
            })
    void howeverABaseIsPastedThePathBeginsWithV1Once(String pasted) {
        URI address = BaseUrl.parse(pasted).resolve("v1", "balance");

        assertThat(address).hasToString("https://toapis.com/v1/balance");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1/balance",
        "http://[::1]:8080/, http://[::1]:8080/v1/balance",
        "https://proxy.test/toapis/v1/, https://proxy.test/toapis/v1/balance",
        "http://new_api:3000/v1, http://new_api:3000/v1/balance",
        "https://my_bucket.storage.test, https://my_bucket.storage.test/v1/balance",
        "http://_api-1_, http://_api-1_/v1/balance",
        "https://proxy.test/v1x, https://proxy.test/v1x/v1/balance",
    })
    void portsAndPathsOfABaseStay(String pasted, String address) {
        assertThat(BaseUrl.parse(pasted).resolve("v1", "balance")).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/v1",
                "toapis.com",
                "//toapis.com",
                "toapis.com:443",
                "ftp://toapis.com",
                "file:///etc/passwd",
                "http:/toapis.com",
                "https://",
                "https:///v1",
                "https://toapis.com:port",
                "https://new_api:port",
                "https://new_api:123456",
                "https://me_@new_api",
                "https://s3cret@new_api:80",
                "https://___",
                "https://a,b_c",
                "https://to apis.com",
                "https://toapis.com/?key=s3cret",
                "https://toapis.com?",
                "https://toapis.com/#s3cret",
                "https://me:s3cret@toapis.com",
                "https://s3cret@toapis.com",
                "https://me:s3cret@to apis.com",
            })
    void whatIsNoBaseIsRejectedInWordsWithoutSecrets(String pasted) {
        Throwable refusal = catchThrowable(() -> BaseUrl.parse(pasted));

        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("baseUrl", "https://toapis.com")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "video_01K8-a.b~c | video_01K8-a.b~c",
                "../balance       | ..%2Fbalance",
                "a/b              | a%2Fb",
                "a\\b             | a%5Cb",
                "%2e%2e           | %252e%252e",
                "%2e%2e%2fbalance | %252e%252e%252fbalance",
                "...              | ...",
                "a?b=c            | a%3Fb%3Dc",
                "a#b              | a%23b",
                "a;b              | a%3Bb",
                "a:b@c            | a%3Ab%40c",
                "a b+c            | a%20b%2Bc",
                "ü                | %C3%BC",
                "видео            | %D0%B2%D0%B8%D0%B4%D0%B5%D0%BE",
                "🎬               | %F0%9F%8E%AC",
                "azAZ09           | azAZ09",
                "`{@[             | %60%7B%40%5B",
            })
    void anIdIsEncodedIntoOneSegment(String id, String segment) {
        URI address = BaseUrl.parse("https://toapis.com").resolve("v1", "videos", id, "remix");

        assertThat(address).hasToString("https://toapis.com/v1/videos/" + segment + "/remix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\u0000b", "a\tb", "\ud83c", "a\u2028b", "..\u0000"})
    void noCharacterBreaksOutOfItsSegment(String id) {
        URI address = BaseUrl.parse("https://toapis.com").resolve("v1", "videos", id, "remix");

        assertThat(address.toString()).matches("https://toapis\\.com/v1/videos/[A-Za-z0-9._~%-]+/remix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void anIdThatPathsSwallowIsRejected(String id) {
        BaseUrl base = BaseUrl.parse("https://toapis.com");

        assertThatIllegalArgumentException().isThrownBy(() -> base.resolve("v1", "videos", id, "remix"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://toapis.com/v1, https://toapis.com",
        "HTTP://new_api:3000/toapis, http://new_api:3000",
        "http://[::1]:8080, http://[::1]:8080",
    })
    void theOriginIsSchemeHostAndPort(String pasted, String origin) {
        assertThat(BaseUrl.parse(pasted).origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://toapis.com/v1, https, toapis.com, -1",
        "https://toapis.com/v1, https, ToApis.COM, 443",
        "https://toapis.com:443/v1, https, toapis.com, -1",
        "http://toapis.com/v1, http, toapis.com, -1",
        "http://toapis.com/v1, http, toapis.com, 80",
        "http://new_api:3000/toapis, http, new_api, 3000",
        "http://toapis.com:0, http, toapis.com, 0",
    })
    void theServiceIsAtItsOwnHostAndPort(String pasted, String scheme, String host, int port) {
        assertThat(BaseUrl.parse(pasted).isSameHost(new HttpHost(scheme, host, port)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://toapis.com/v1, https, files.toapis.com, -1",
        "https://toapis.com/v1, https, toapis.com, 8443",
        "https://toapis.com/v1, http, toapis.com, -1",
        "https://toapis.com:8443/v1, https, toapis.com, -1",
        "http://toapis.com:0, http, toapis.com, -1",
    })
    void theServiceIsNotAtAnotherHostOrPort(String pasted, String scheme, String host, int port) {
        assertThat(BaseUrl.parse(pasted).isSameHost(new HttpHost(scheme, host, port)))
                .isFalse();
    }

    @Test
    void theServiceIsNotAtAnUnknownHost() {
        assertThat(BaseUrl.parse("https://toapis.com").isSameHost(null)).isFalse();
    }

    @Test
    void onlyHttpsIsSecure() {
        assertThat(BaseUrl.parse("https://toapis.com").isSecure()).isTrue();
        assertThat(BaseUrl.parse("http://toapis.com").isSecure()).isFalse();
    }
}
