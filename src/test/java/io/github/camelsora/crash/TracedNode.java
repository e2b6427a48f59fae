package io.github.camelsora.crash;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.support.HttpServer;
import io.github.camelsora.support.Tracing;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A node that takes messages by HTTP, too, at {@code /FORGET} and {@code /WAIT}, and exports its spans. */
final class TracedNode implements NodeExtension {
    static final String KEY_HEADER = "Idempotency-Key";

    private static final String PORT = "node.port";
    private static final int ACCEPTED = 202;

    static List<String> jvmOptions(int port) {
        return List.of("-D" + CLASS + "=" + TracedNode.class.getName(), "-D" + PORT + "=" + port);
    }

    /** Where a node exports its spans. */
    static Path spans(NodeOptions options) {
        return options.folder().resolve(options.name() + ".spans");
    }

    @Override
    public void extend(CamelContext camel, NodeOptions options) throws Exception {
        Tracing.start(camel, new SpanFile(spans(options)));
        HttpServer.start(camel, Integer.getInteger(PORT));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                receive(RemixMessage.Kind.FORGET, NodeRoutes.FORGET);
                receive(RemixMessage.Kind.WAIT, NodeRoutes.WAIT);
            }

            private void receive(RemixMessage.Kind kind, String route) {
                from("platform-http:/" + kind)
                        .setHeader(SoraConstants.REQUEST_KEY, header(KEY_HEADER))
                        .to(route)
                        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(ACCEPTED))
                        .setBody(header(SoraConstants.TASK_ID));
            }
        });
    }
}
