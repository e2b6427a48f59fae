package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest extends SimulatorTest {

    @ParameterizedTest
    @ValueSource(strings = {"../balance", "a/b", "a b", "video_é", "100%", "x?y#z", "..", "remix"})
    void anEncodedIdStaysOneSegment(String id) throws Exception {
        simulator().addSource(id);
        String encoded = PathSegments.encode(id);

        assertThat(json(status(encoded)).get("id").textValue()).isEqualTo(id);
        assertThat(remix(encoded, PUPPY).statusCode()).isEqualTo(200);
        assertThat(simulator().books().balanceCalls()).isZero();
        assertThat(download(simulator().task(id).videoUrls().get(0)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/v1/balance",
                "/balance",
                "/v1//balance",
                "//v1/balance",
                "/v1/balance/",
                "/v1/videos/../balance",
                "/v1/videos/generations/../../balance",
                "/v1/videos/generations/a/b",
                "/v1/videos/generations/",
                "/V1/balance"
            })
    void anUnknownPathIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(simulator().books().otherCalls()).isEqualTo(1);
    }

    @Test
    void anEncodedPathIsAnUnknownId() throws Exception {
        assertThat(status("%2e%2e%2Fbalance").statusCode()).isEqualTo(404);
        assertThat(simulator().books().polls("../balance")).isEqualTo(1);
    }

    @Test
    void aWrongMethodIsNotAllowed() throws Exception {
        assertThat(get("/v1/videos/generations").statusCode()).isEqualTo(405);
        assertThat(get("/v1/videos/a/remix").statusCode()).isEqualTo(405);
        assertThat(send(call("/v1/videos/generations/a").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(call("/v1/balance").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(simulator().books().submitsReceived()).isZero();
    }
}
