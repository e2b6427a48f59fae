package io.github.camelsora.internal.camel.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsora.support.SoraTestSupport;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.spi.EndpointServiceRegistry;
import org.apache.camel.spi.EndpointServiceRegistry.EndpointService;
import org.junit.jupiter.api.Test;

/** Camel's list of remote services has the address of this one. */
class ServiceLocationTest extends SoraTestSupport {
    private EndpointServiceRegistry services() {
        return camel.getCamelContextExtension().getEndpointServiceRegistry();
    }

    @Test
    void theServiceIsListedWithItsAddressAndAccount() throws Exception {
        route("direct:remix", "sora:remix?account=orders");

        camel.start();

        assertThat(services().listAllEndpointServices())
                .extracting(
                        EndpointService::getComponent,
                        EndpointService::getServiceUrl,
                        EndpointService::getServiceProtocol,
                        EndpointService::getDirection,
                        EndpointService::getServiceMetadata)
                .containsExactly(tuple(
                        "sora", toApis.baseUrl(), "http", "out", Map.of("operation", "remix", "account", "orders")));
    }

    @Test
    void anAddressIsThatOfTheEndpointWithoutSlashAndVersion() throws Exception {
        route("direct:status", "sora:status?apiKey=sk-other&baseUrl=" + toApis.baseUrl() + "/v1/");

        camel.start();

        assertThat(services().listAllEndpointServices())
                .extracting(EndpointService::getServiceUrl)
                .containsExactly(toApis.baseUrl());
    }

    @Test
    void whatConsumesFromTheServiceIsListedAsIncoming() throws Exception {
        route("sora:tasks", "direct:ended");

        camel.start();

        assertThat(services().listAllEndpointServices())
                .extracting(EndpointService::getDirection)
                .contains("in");
    }

    @Test
    void anOperationThatDoesNotCallTheServiceIsNotListed() throws Exception {
        route("direct:count", "sora:ledger?action=count");

        camel.start();

        assertThat(services().listAllEndpointServices()).isEmpty();
    }

    @Test
    void theConsoleShowsTheAddressAndNoSecret() throws Exception {
        route("direct:remix", "sora:remix?apiKey=" + toApis.apiKey());

        camel.start();

        String text =
                (String) DevConsoleRegistry.get(camel).resolveById("service").call(DevConsole.MediaType.TEXT);
        assertThat(text).contains("sora", toApis.baseUrl()).doesNotContain(toApis.apiKey());
    }

    private void route(String from, String to) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        });
    }
}
