package io.github.camelsora.support;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/** The HTTP server of a context, on loopback, for {@code platform-http} and {@code sora:webhook}. */
public final class HttpServer {
    private HttpServer() {}

    /** Starts the server of a context, and returns its port. */
    public static int start(CamelContext camel) throws Exception {
        int port = FreePort.find();
        start(camel, port);
        return port;
    }

    /** Starts the server of a context. */
    public static void start(CamelContext camel, int port) throws Exception {
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(port);
        camel.addService(new VertxPlatformHttpServer(server), true, true);
    }
}
