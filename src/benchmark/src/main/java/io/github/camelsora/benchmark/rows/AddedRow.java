package io.github.camelsora.benchmark.rows;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/**
 * The time that a submit takes longer with this component than by hand, when it is recorded in a ledger. By hand is the route of
 * camel-http and Jackson that opens a connection each time, as the component does. One submit after the other, in turns.
 */
public final class AddedRow implements Row {
    private static final Map<String, Double> MOST_MILLIS = Map.of("memory", 0.5, "H2 file", 3.0, "PostgreSQL", 5.0);

    @Override
    public String name() {
        return "added";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("memory", "direct:sora");
        routes.put("H2 file", "direct:sorafile");
        routes.put("PostgreSQL", "direct:soradb");
        try (Ledgers ledgers = new Ledgers();
                Service service = Service.start(ServiceOptions.tasksThatRunOn());
                CamelContext camel = Contexts.speakingTo(service)) {
            Contexts.holdNothingBack(camel);
            Contexts.pollTooLate(camel);
            Contexts.another(camel, "sorafile", service)
                    .setLedgerFile(ledgers.freshFile().toString());
            Contexts.another(camel, "soradb", service).setDataSource(ledgers.freshPostgres());
            camel.addRoutes(new HandWritten(service, 1_000));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    for (String route : routes.values()) {
                        String scheme = route.substring("direct:".length());
                        from(route).to(scheme + ":remix?waitForCompletion=false&videoId=" + service.source());
                    }
                }
            });
            camel.start();
            return measure(camel, routes, effort);
        }
    }

    private List<Figure> measure(CamelContext camel, Map<String, String> routes, Effort effort) throws Exception {
        ProducerTemplate template = camel.createProducerTemplate();
        int unmeasured = effort.of(500, 20);
        Numbers byHand = new Numbers();
        Map<String, Numbers> ours = new LinkedHashMap<>();
        routes.keySet().forEach(name -> ours.put(name, new Numbers()));
        for (int i = 0; i < unmeasured + effort.of(1_500, 30); i++) {
            double hand = millis(template, HandWritten.SUBMIT_OVER_FRESH);
            if (i >= unmeasured) {
                byHand.add(hand);
            }
            for (Map.Entry<String, String> route : routes.entrySet()) {
                double our = millis(template, route.getValue());
                if (i >= unmeasured) {
                    ours.get(route.getKey()).add(our);
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        ours.forEach((name, millis) -> figures.add(Figure.atMost(
                        "time that the component adds to a submit, median, ledger: " + name,
                        MOST_MILLIS.get(name),
                        millis.median() - byHand.median(),
                        "%.2f ms")
                .with(Figure.text("%.2f ms against %.2f ms by hand", millis.median(), byHand.median()))));
        return figures;
    }

    private static double millis(ProducerTemplate template, String route) {
        long begin = System.nanoTime();
        template.requestBody(route, "Add a puppy");
        return (System.nanoTime() - begin) / 1e6;
    }
}
