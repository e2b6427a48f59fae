package io.github.camelsora.benchmark.rivals.camelsql;

import com.zaxxer.hikari.HikariDataSource;
import java.net.ConnectException;
import java.sql.Connection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.main.Main;

/**
 * Remixes the videos of the orders in a folder. An order is a row of a table, and its state is new, submitting, running,
 * delivered or failed. An order that stays at submitting may be paid, so a person has to decide what to do.
 */
public final class CamelSql extends RouteBuilder {
    private static final String API = "{{rival.api}}/v1/videos";

    private final JacksonDataFormat json = new JacksonDataFormat();

    public static void main(String[] arguments) throws Exception {
        new Main(CamelSql.class).run();
    }

    @Override
    public void configure() throws Exception {
        getContext().getRegistry().bind("dataSource", dataSource());

        // An order that comes again changes nothing, because of the primary key.
        from("file:{{rival.orders}}?moveFailed=.error")
                .unmarshal(json)
                .to("sql:insert into orders values (:#order, :#video, :#prompt) on conflict do nothing");

        // onConsume marks a row as processed: https://camel.apache.org/components/4.18.x/sql-component.html
        from("sql:select * from orders where state = 'new' order by created"
                        + "?onConsume=update orders set state = 'running', task = :#${header.task}"
                        + " where name = :#name and state = 'submitting'")
                // A remix is paid when it is accepted. So it is not sent again unless it surely was not accepted:
                // onWhen of https://camel.apache.org/manual/exception-clause.html
                // Without the first clause a lost answer would get the redeliveries of a refusal before it.
                .onException(Exception.class)
                .maximumRedeliveries(0)
                .end()
                .onException(ConnectException.class, HttpOperationFailedException.class)
                .onWhen(exchange -> isRefused(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)))
                .maximumRedeliveries(10)
                .redeliveryDelay(1_000)
                .useExponentialBackOff()
                .maximumRedeliveryDelay(10_000)
                .end()
                .to("sql:update orders set state = 'submitting' where name = :#name?noop=true")
                .setHeader("Authorization", constant("Bearer {{rival.key}}"))
                .setHeader("video", simple("${body[video]}"))
                .transform()
                .body(
                        Map.class,
                        order -> Map.of(
                                "model",
                                "sora-2",
                                "prompt",
                                order.get("prompt"),
                                "client_business_id",
                                order.get("name")))
                .marshal(json)
                .toD(API + "/${header.video}/remix?httpMethod=POST")
                .unmarshal(json)
                .setHeader("task", simple("${body[id]}"));

        // A query that fails is repeated by the next poll. Stateful, so that two polls never overlap:
        // https://camel.apache.org/components/4.18.x/quartz-component.html
        from("quartz:poll?trigger.repeatInterval={{rival.poll:5000}}&stateful=true")
                // If the service finds a task by the key of the client, submitting orders are polled by that, too.
                .to("sql:select name, coalesce(task, name) as task from orders where state in ({{rival.states}})")
                .split(body())
                .parallelProcessing()
                .to("direct:poll");

        from("direct:poll")
                .setVariable("order", simple("${body[name]}"))
                .setHeader("Authorization", constant("Bearer {{rival.key}}"))
                .toD(API + "/generations/${body[task]}?httpMethod=GET")
                .unmarshal(json)
                .removeHeaders("*") // The key is not for the host of the files.
                .choice()
                .when(simple("${body[status]} == 'completed'"))
                .toD("${body[result][data][0][url]}")
                .to("file:{{rival.videos}}?fileName=${variable.order}.mp4&tempPrefix=.part-")
                .setBody(variable("order"))
                .setHeader(Exchange.CONTENT_TYPE, constant("text/plain"))
                .to("{{rival.notify}}?httpMethod=POST")
                .to("sql:update orders set state = 'delivered' where name = :#${variable.order}")
                .when(simple("${body[status]} == 'failed'"))
                .log("Order ${variable.order} failed: ${body[error]}")
                .to("sql:update orders set state = 'failed' where name = :#${variable.order}");
    }

    private HikariDataSource dataSource() throws Exception {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(getContext().resolvePropertyPlaceholders("{{rival.jdbc.url}}"));
        source.setUsername(getContext().resolvePropertyPlaceholders("{{rival.jdbc.user}}"));
        source.setPassword(getContext().resolvePropertyPlaceholders("{{rival.jdbc.password}}"));
        try (Connection connection = source.getConnection();
                var schema = CamelSql.class.getResourceAsStream("/rivals/camel-sql/orders.sql")) {
            connection.createStatement().execute(new String(schema.readAllBytes()));
        }
        return source;
    }

    private static boolean isRefused(Object failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpOperationFailedException answer
                        && (answer.getStatusCode() == 429 || answer.getStatusCode() == 503);
    }
}
