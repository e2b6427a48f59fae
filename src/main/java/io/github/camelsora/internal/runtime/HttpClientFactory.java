package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.download.HostGuard;
import io.github.camelsora.internal.toapis.PlainClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP clients made by the context's own http component, so that proxies, TLS and timeouts are set there as for any other
 * endpoint; afterwards each is made plain ({@link PlainClient}). Kept for as long as the component runs, and shared by all
 * endpoints with the same settings.
 */
public final class HttpClientFactory {
    private final CamelContext context;
    private final Map<Settings, Clients> bySettings = new HashMap<>();
    private final Map<HttpClient, HttpEndpoint> endpoints = new HashMap<>();

    HttpClientFactory(CamelContext context) {
        this.context = context;
    }

    /** What makes two endpoints need different clients. Parameters of TLS count by identity. */
    public record Settings(
            String baseUrl,
            long connectTimeout,
            long responseTimeout,
            SSLContextParameters ssl,
            boolean allowPrivateHosts,
            int downloads) {}

    /**
     * The three ways to speak.
     *
     * @param submits for what is paid: a fresh connection each time
     * @param queries for what is free
     * @param files for the file host, where the bytes must come as they are
     */
    public record Clients(HttpClient submits, HttpClient queries, HttpClient files) {}

    public synchronized Clients with(Settings settings) throws Exception {
        Clients known = bySettings.get(settings);
        if (known == null) {
            known = new Clients(
                    open(settings, ThreadPools.MOST_HTTP_THREADS, builder -> {
                        PlainClient.neverReuseConnections(builder);
                        limit(builder, settings);
                    }),
                    open(settings, ThreadPools.MOST_HTTP_THREADS, builder -> limit(builder, settings)),
                    open(
                            settings,
                            settings.downloads(),
                            settings.allowPrivateHosts()
                                    ? HttpClientBuilder::disableContentCompression
                                    : HttpClientFactory::guard));
            bySettings.put(settings, known);
        }
        return known;
    }

    /** The client's own timeouts let an answer go on that comes byte by byte. */
    private static void limit(HttpClientBuilder builder, Settings settings) {
        Duration answer = Duration.ofMillis(settings.responseTimeout());
        PlainClient.limit(builder, answer.plusMillis(settings.connectTimeout()), answer);
    }

    private static void guard(HttpClientBuilder builder) {
        builder.disableContentCompression();
        HostGuard.configure(builder);
    }

    synchronized void stop() {
        endpoints.values().forEach(ServiceHelper::stopAndShutdownService);
        endpoints.clear();
        bySettings.clear();
    }

    /** What Camel makes an endpoint of. Only its client is used, so a host that Camel cannot read need not stand in it. */
    private static String addressFor(String baseUrl, String scheme) {
        return URI.create(baseUrl).getHost() == null ? scheme + "://localhost" : baseUrl;
    }

    private HttpClient open(Settings settings, int connections, Consumer<HttpClientBuilder> purpose) throws Exception {
        String scheme = settings.baseUrl().substring(0, settings.baseUrl().indexOf(':'));
        HttpComponent http = context.getComponent(scheme, HttpComponent.class);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("connectTimeout", Timeout.ofMilliseconds(settings.connectTimeout()));
        parameters.put("responseTimeout", Timeout.ofMilliseconds(settings.responseTimeout()));
        parameters.put("soTimeout", Timeout.ofMilliseconds(settings.responseTimeout()));
        parameters.put("connectionRequestTimeout", Timeout.ofMilliseconds(settings.responseTimeout()));
        parameters.put("maxTotalConnections", connections);
        parameters.put("connectionsPerRoute", connections);
        if (settings.ssl() != null) {
            parameters.put("sslContextParameters", settings.ssl());
        }
        HttpEndpoint endpoint = (HttpEndpoint) http.createEndpoint(addressFor(settings.baseUrl(), scheme), parameters);
        CompositeHttpConfigurer configurer = new CompositeHttpConfigurer();
        configurer.addConfigurer(endpoint.getHttpClientConfigurer());
        configurer.addConfigurer(PlainClient::configure);
        configurer.addConfigurer(purpose::accept);
        endpoint.setHttpClientConfigurer(configurer);
        endpoint.setAuthenticationPreemptive(false);
        // Both look for an exchange behind each call, and ours have none.
        endpoint.setLogHttpActivity(false);
        endpoint.setHttpActivityListener(null);
        ServiceHelper.startService(endpoint);
        HttpClient client = endpoint.getHttpClient();
        endpoints.put(client, endpoint);
        return client;
    }
}
