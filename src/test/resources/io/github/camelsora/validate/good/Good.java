import static io.github.camelsora.SoraEndpointBuilder.sora;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

public class Good extends RouteBuilder {
    private static final String REMIX = "sora:remix?requestKey=${header.orderId}";

    @Override
    public void configure() {
        String options = "?directory={{videos}}&fileExist=Ignore";
        from("sora:tasks?tag=orders&concurrentConsumers={{consumers:4}}")
                .to("sora:download" + options, "log:done?showHeaders=true");
        from("timer:hourly?period=1h").to(REMIX + "&waitForCompletion=false").to("sora:" + operation());
        from(sora().webhook()).toD("sora:remix?model=${header.model}&submitTimeout=${header.patience}");
        fromF("file:%s?noop=true", "prompts").toF("sora:download?directory=%s&videoIndex=%d", "videos", 1);
        from("direct:poll").pollEnrich("sora:tasks?tag=orders").to("http://example.com/api?id={{id}}&q=x");
        from("direct:one").to("""
                sora:generate?prompt=RAW(A & B + C)&duration=15""");
        from("direct:two").to("sora:download?videoIndex=all&directory={{?videos}}").toD("${header.where}");
    }

    private static String operation() {
        return "balance";
    }

    static void send(ProducerTemplate template) {
        template.sendBody("sora:ledger?action=count", "A cat: nice");
        template.sendBody("not an endpoint: a body");
    }
}
