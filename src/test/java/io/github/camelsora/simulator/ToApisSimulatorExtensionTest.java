package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ToApisSimulatorExtensionTest {

    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");

    @RegisterExtension
    static final ToApisSimulatorExtension SHARED = ToApisSimulatorExtension.of(
            ToApisSimulator.builder().clock(SimulatorClock.stopped(NOON)).credits(100));

    private static String urlOfTheFirst;

    @Test
    @Order(1)
    void oneTestSubmitsATask(ToApisSimulator simulator) throws Exception {
        urlOfTheFirst = simulator.baseUrl();
        simulator.envelope(Envelope.VIDEO).credits(5).revokeApiKey(simulator.apiKey());
        simulator.clock().advance(Duration.ofDays(1));
        simulator.addSource("left over");
        simulator.on(Call.ANY).answer(418, "");

        assertThat(balance(simulator).statusCode()).isEqualTo(418);
    }

    @Test
    @Order(2)
    void theNextTestFindsNoTask(ToApisSimulator simulator) throws Exception {
        assertThat(simulator).isSameAs(SHARED.simulator());
        assertThat(simulator.baseUrl()).isEqualTo(urlOfTheFirst);
        assertThat(simulator.tasks()).isEmpty();
        assertThat(simulator.requests()).isEmpty();
        assertThat(simulator.books().otherCalls()).isZero();
        assertThat(simulator.clock().instant()).isEqualTo(NOON);
        assertThat(simulator.settings.envelope).isEqualTo(Envelope.GENERATION_TASK);
        assertThat(balance(simulator).body()).contains("\"remain_credits\":100");
    }

    @Nested
    class InANestedClass {

        @Test
        void theSimulatorIsThatOfTheClassAround(ToApisSimulator simulator) throws Exception {
            assertThat(simulator).isSameAs(SHARED.simulator());
            assertThat(balance(simulator).statusCode()).isEqualTo(200);
        }

        @Test
        void itStillRunsForTheSecondTest(ToApisSimulator simulator) throws Exception {
            assertThat(balance(simulator).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class InAnotherNestedClass {

        @Test
        void itStillRuns(ToApisSimulator simulator) throws Exception {
            assertThat(balance(simulator).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> balance(ToApisSimulator simulator) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/balance"))
                .header("Authorization", "Bearer " + simulator.apiKey())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
