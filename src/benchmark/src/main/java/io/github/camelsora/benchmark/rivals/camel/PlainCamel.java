package io.github.camelsora.benchmark.rivals.camel;

import static org.apache.camel.support.processor.idempotent.FileIdempotentRepository.fileIdempotentRepository;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.main.Main;

/** Remixes the videos of the orders in a folder, by plain Camel. */
public final class PlainCamel extends RouteBuilder {
    private static final String API = "{{rival.api}}/v1/videos";

    private final JacksonDataFormat json = new JacksonDataFormat();

    public static void main(String[] arguments) throws Exception {
        new Main(PlainCamel.class).run();
    }

    @Override
    public void configure() {
        // A clause redelivers from the point of failure: https://camel.apache.org/manual/exception-clause.html
        // No thread waits for an asynchronous redelivery: https://camel.apache.org/manual/exception-redelivery.html
        onException(IOException.class, HttpOperationFailedException.class)
                .maximumRedeliveries(10)
                .redeliveryDelay(1_000)
                .useExponentialBackOff()
                .maximumRedeliveryDelay(10_000)
                .asyncDelayedRedelivery();

        // Eager, as by default, so an order that comes again while the first one is in progress is a duplicate, too.
        // The name of a failed order stays, because the order may be paid:
        // https://camel.apache.org/components/4.18.x/eips/idempotentConsumer-eip.html
        // Files that are done move to .camel: https://camel.apache.org/components/4.18.x/file-component.html
        from("file:{{rival.orders}}?moveFailed=.error")
                .unmarshal(json)
                .setVariable("order", simple("${body[order]}"))
                .idempotentConsumer(variable("order"), fileIdempotentRepository(file("{{rival.state}}/orders")))
                .removeOnFailure(false)
                .setHeader("Authorization", constant("Bearer {{rival.key}}"))
                .to("direct:submit")
                // The example of https://camel.apache.org/components/4.18.x/eips/delay-eip.html
                .loopDoWhile(simple("${variable.status} in 'queued,in_progress'"))
                .delay(simple("{{rival.poll:5000}}"))
                .end()
                .to("direct:status")
                .end()
                .validate()
                .simple("${variable.status} == 'completed'")
                .removeHeaders("*") // The key is not for the host of the files.
                .toD("${body[result][data][0][url]}")
                .to("file:{{rival.videos}}?fileName=${variable.order}.mp4&tempPrefix=.part-")
                .setBody(variable("order"))
                .setHeader(Exchange.CONTENT_TYPE, constant("text/plain"))
                .to("{{rival.notify}}?httpMethod=POST");

        // A remix is paid when it is accepted. So it is not sent again unless it surely was not accepted. A clause of a
        // route beside global ones: https://camel.apache.org/manual/exception-advanced.html
        from("direct:submit")
                .onException(IOException.class, HttpOperationFailedException.class)
                .onWhen(exchange -> !isRefused(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)))
                .maximumRedeliveries(0)
                .end()
                .setVariable("video", simple("${body[video]}"))
                .transform()
                .body(Map.class, order -> Map.of("model", "sora-2", "prompt", order.get("prompt")))
                .marshal(json)
                .toD(API + "/${variable.video}/remix?httpMethod=POST")
                .unmarshal(json)
                .setVariable("task", simple("${body[id]}"))
                .setVariable("status", simple("${body[status]}"));

        from("direct:status")
                .toD(API + "/generations/${variable.task}?httpMethod=GET")
                .unmarshal(json)
                .setVariable("status", simple("${body[status]}"));
    }

    private static boolean isRefused(Object failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpOperationFailedException answer
                        && (answer.getStatusCode() == 429 || answer.getStatusCode() == 503);
    }

    private File file(String name) {
        return new File(getContext().resolvePropertyPlaceholders(name));
    }
}
