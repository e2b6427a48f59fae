package io.github.camelsora.internal.camel.download;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.VideoTasks;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A JVM that downloads videos and ends: given the URI of the download and that of a next step, or {@code -}, and addresses. It
 * says what became of each in a line.
 */
public final class DownloadMain {
    private DownloadMain() {}

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SoraConfiguration options =
                    camel.getComponent("sora", SoraComponent.class).getConfiguration();
            options.setBaseUrl("http://127.0.0.1:9");
            options.setApiKey("sk-test");
            options.setAllowPrivateHosts(true);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to(arguments[0])
                            .to(arguments[1].equals("-") ? "log:stored?level=OFF" : arguments[1]);
                }
            });
            camel.start();
            for (int i = 2; i < arguments.length; i++) {
                say(camel, arguments[i]);
            }
        }
    }

    private static void say(DefaultCamelContext camel, String address) {
        VideoTask task = task(address);
        Exchange out = camel.createProducerTemplate()
                .send("direct:in", exchange -> exchange.getMessage().setBody(task));
        Exception failure = out.getException();
        System.out.println(
                failure == null
                        ? "stored " + out.getMessage().getHeader("CamelFileLength") + " "
                                + out.getMessage().getHeader("CamelSoraSha256")
                        : "failed " + failure.getClass().getSimpleName() + " " + failure.getMessage());
    }

    private static VideoTask task(String address) {
        return VideoTasks.completed("video_large", null, address, null);
    }
}
