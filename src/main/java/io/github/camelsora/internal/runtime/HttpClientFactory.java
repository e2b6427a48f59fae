package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.download.HostGuard;
import io.github.camelsora.internal.runtime.settings.ConnectionSettings;
import io.github.camelsora.internal.toapis.PlainClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
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
 * Creates HTTP clients by the context's own http component, so that proxies, TLS and timeouts are configured there as for any
 * other endpoint; afterwards each is configured by {@link PlainClient}. Clients last as long as the component
 * and are shared by all endpoints with the same settings. Thread-safe.
 */
public final class HttpClientFactory {
    private final CamelContext context;
    private final int downloads;
    private final InstantSource clock;
    private final Map<Settings, Clients> bySettings = new HashMap<>();
    private final Map<HttpClient, HttpEndpoint> endpoints = new HashMap<>();
    private final FileHostOutages fileHosts;

    HttpClientFactory(CamelContext context, int downloads, InstantSource clock) {
        this.context = context;
        this.downloads = downloads;
        this.clock = clock;
        this.fileHosts = new FileHostOutages(clock);
    }

    /** The settings of a client. TLS parameters are compared by identity. */
    private record Settings(
            String baseUrl,
            long connectTimeout,
            long responseTimeout,
            SSLContextParameters ssl,
            boolean allowPrivateHosts) {
        static Settings of(ConnectionSettings connection) {
            return new Settings(
                    connection.baseUrl().value(),
                    connection.connectTimeout().toMillis(),
                    connection.responseTimeout().toMillis(),
                    connection.ssl(),
                    connection.allowPrivateHosts());
        }
    }

    /**
     * The three clients of an endpoint.
     *
     * @param submits for paid requests, with a fresh connection for each
     * @param queries for free requests
     * @param files for downloads from the file host, without decompression
     * @param outage logs that the service cannot be reached
     */
    public record Clients(HttpClient submits, HttpClient queries, HttpClient files, ServiceOutage outage) {}

    public synchronized Clients with(ConnectionSettings connection) throws Exception {
        Settings settings = Settings.of(connection);
        Clients known = bySettings.get(settings);
        if (known == null) {
            known = new Clients(
                    open(settings, ThreadPools.MOST_HTTP_THREADS, builder -> {
                        PlainClient.neverReuseConnections(builder);
                        limit(builder, settings);
                    }),
                    open(settings, ThreadPools.MOST_HTTP_THREADS, builder -> limit(builder, settings)),
                    open(settings, downloads, builder -> files(builder, settings)),
                    new ServiceOutage(settings.baseUrl(), clock));
            bySettings.put(settings, known);
        }
        return known;
    }

    /** Limits the whole exchange: the client's own timeouts never end an answer that comes byte by byte. */
    private static void limit(HttpClientBuilder builder, Settings settings) {
        Duration answer = Duration.ofMillis(settings.responseTimeout());
        PlainClient.limit(builder, answer.plusMillis(settings.connectTimeout()), answer);
    }

    private void files(HttpClientBuilder builder, Settings settings) {
        builder.disableContentCompression();
        if (!settings.allowPrivateHosts()) {
            HostGuard.configure(builder);
        }
        fileHosts.observe(builder);
    }

    /** Reports no outages any more: threads are interrupted, and connections closed. */
    synchronized void closeOutages() {
        fileHosts.close();
        bySettings.values().forEach(clients -> clients.outage().close());
    }

    synchronized void stop() {
        endpoints.values().forEach(ServiceHelper::stopAndShutdownService);
        endpoints.clear();
        bySettings.clear();
    }

    /** The address of the Camel endpoint. Only its client is used, so a host that Camel cannot parse is replaced. */
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
        // Both need an exchange for each call, and these calls have none.
        endpoint.setLogHttpActivity(false);
        endpoint.setHttpActivityListener(null);
        ServiceHelper.startService(endpoint);
        HttpClient client = endpoint.getHttpClient();
        endpoints.put(client, endpoint);
        return client;
    }
}
