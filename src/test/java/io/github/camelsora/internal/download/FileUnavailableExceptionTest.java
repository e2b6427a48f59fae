package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status of the file host says about the file. */
class FileUnavailableExceptionTest {
    private static final HttpHost HOST = new HttpHost("https", "files.test", 8443);

    @ParameterizedTest
    @CsvSource({
        "400, false, false, false",
        "401, false, true, true",
        "402, false, false, false",
        "403, false, true, false",
        "404, true, false, false",
        "405, false, false, false",
        "410, true, false, false",
        "451, false, false, false"
    })
    void theStatusSaysWhetherTheFileIsMissingAndWhetherCredentialsAre(
            int status, boolean isFileMissing, boolean mayNeedCredentials, boolean needsCredentials) {
        FileUnavailableException failure = new FileUnavailableException(status, HOST);

        assertThat(failure.isFileMissing()).isEqualTo(isFileMissing);
        assertThat(failure.mayNeedCredentials()).isEqualTo(mayNeedCredentials);
        assertThat(failure.needsCredentials()).isEqualTo(needsCredentials);
    }

    @Test
    void theFailureNamesTheStatusAndKeepsTheHost() {
        FileUnavailableException failure = new FileUnavailableException(404, HOST);

        assertThat(failure).hasMessage("the file host answers HTTP 404");
        assertThat(failure.host()).isEqualTo(HOST);
    }
}
