package io.github.camelsora.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class LoopbackOnlyTest {

    /** An address of TEST-NET-1 (RFC 5737), which no host has. */
    private static final String SOMEWHERE_ELSE = "192.0.2.1";

    @Test
    void aSocketToAnotherHostIsRejectedAndRecorded() throws Exception {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(SOMEWHERE_ELSE, 443), 1_000))
                    .hasMessageContaining("loopback only");
        }

        assertThat(LoopbackOnly.takeRefused()).singleElement().asString().contains(SOMEWHERE_ELSE);
    }

    @Test
    void theHttpClientOfTheJdkIsRejectedAndRecorded() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + SOMEWHERE_ELSE)).build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
                .hasStackTraceContaining("loopback only");

        assertThat(LoopbackOnly.takeRefused()).isNotEmpty().allMatch(line -> line.contains(SOMEWHERE_ELSE));
    }

    @Test
    void loopbackIsReachableByAddressAndByName() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket byAddress = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Socket byName = new Socket("localhost", server.getLocalPort())) {
            assertThat(byAddress.isConnected() && byName.isConnected()).isTrue();
        }

        assertThat(LoopbackOnly.takeRefused()).isEmpty();
    }
}
