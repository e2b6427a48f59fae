package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.SelfSigned;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a download may be led to, and what it shows on the way. */
class RedirectTest extends FileHostTest {

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowed(int status) throws IOException {
        simulator.on(Call.FILE).times(1).answer(status, "", "Location: " + url);

        DownloadedFile file = store(simulator.fileBaseUrl() + "/moved");

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void aRelativeRedirectIsFollowed() throws IOException {
        String path = url.substring(simulator.fileBaseUrl().length());
        simulator.on(Call.FILE).times(1).answer(302, "", "Location: " + path);

        DownloadedFile file = store(simulator.fileBaseUrl() + "/moved");

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void threeRedirectsAreFollowed() throws IOException {
        simulator.on(Call.FILE).times(3).answer(302, "", "Location: " + url);

        DownloadedFile file = store(url);

        assertThat(file.path()).hasBinaryContent(VIDEO);
    }

    @Test
    void aLoopOfRedirectsEndsAfterTheFourthRequest() {
        simulator.on(Call.FILE).answer(302, "", "Location: " + url);

        catchThrowable(() -> store(url));

        assertThat(simulator.books().fileCalls()).isEqualTo(4);
    }

    @Test
    void fromASecureHostNoRedirectLeadsToAnInsecureOne() throws Exception {
        SSLContext tls = SelfSigned.context();
        try (ToApisSimulator secure = ToApisSimulator.builder().tls(tls).start();
                CloseableHttpClient trusting = trusting(tls)) {
            String file = secure.task(secure.addSource()).videoUrls().get(0);
            secure.on(Call.FILE).answer(302, "", "Location: " + url);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> store(trusting, file, target()))
                    .withMessageContaining("not secure");
        }
        assertThat(simulator.books().fileCalls()).isZero();
    }

    @Test
    void aVideoIsHadFromASecureHost() throws Exception {
        SSLContext tls = SelfSigned.context();
        try (ToApisSimulator secure =
                        ToApisSimulator.builder().tls(tls).video(VIDEO).start();
                CloseableHttpClient trusting = trusting(tls)) {
            String file = secure.task(secure.addSource()).videoUrls().get(0);

            store(trusting, file, target());
        }

        assertThat(directory.resolve("video.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void theFileHostIsShownNoKeyAndNoCredentials() throws IOException {
        simulator.on(Call.FILE).times(1).answer(302, "", "Location: " + url);

        store(url);

        assertThat(simulator.requests(Call.FILE)).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .doesNotContainKey("Authorization"));
        assertThat(simulator.books().keysLeakedToFileHost()).isZero();
    }
}
