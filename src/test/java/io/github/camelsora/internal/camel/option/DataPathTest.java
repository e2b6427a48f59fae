package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.RemixRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An expression that may only read the message runs no method that does more. */
class DataPathTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger counter = new AtomicInteger();
    private final List<String> list = new ArrayList<>(List.of("a", "b"));
    private Path file;

    /** A bean as users write them. */
    public static final class Order {
        private final Map<String, Object> items = new HashMap<>(Map.of("first", "ball"));
        private boolean isCancelled;

        public String getNumber() {
            return "4711";
        }

        public Map<String, Object> getItems() {
            return items;
        }

        public boolean isPaid() {
            return true;
        }

        public String cancel() {
            isCancelled = true;
            return "cancelled";
        }
    }

    @BeforeEach
    void writeAFile(@TempDir Path folder) throws Exception {
        file = Files.writeString(folder.resolve("a.txt"), "A puppy");
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body.delete}",
                "${body?.delete}",
                "${in.body.delete}",
                "${header.file.delete}",
                "${headers.file.delete}",
                "${in.header.file.delete}",
                "${header:file.delete}",
                "${header[file].delete}",
                "${exchangeProperty.file.delete}",
                "${exchangeProperty[file].delete}",
                "${variable.file.delete}",
                "${header.file.getAbsoluteFile.delete}",
                "${header.file.absoluteFile.delete}",
                "${header.map[file].delete}",
                "a ${header.file.delete} b",
                "${header.file.delete} ?: 'none'",
                "$simple{header.file.delete}",
                "${header.file?.absoluteFile?.delete}",
                "${header.files[0].delete}",
                "${header.files[0].absoluteFile.delete}",
                "${exchangeProperty.files[last].delete}",
                "${header.list.clear}",
                "${header.map.clear}",
                "${header.counter.incrementAndGet}",
                "${header.counter.getAndIncrement}",
                "${header.counter.andIncrement}",
                "${header.order.cancel}",
                "${header.order.items.clear}",
                "${header.file.getName.notify}",
            })
    void aMethodThatMayDoMoreThanReadIsNotRun(String text) {
        Exchange exchange = exchange();

        assertThatThrownBy(() -> read(exchange, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("requestKey", "would call the method", "allowExpressions=all");

        assertThat(file).exists();
        assertThat(list).hasSize(2);
        assertThat(counter).hasValue(0);
        assertThat((Map<?, ?>) exchange.getMessage().getHeader("map")).hasSize(2);
        Order order = exchange.getMessage().getHeader("order", Order.class);
        assertThat(order.isCancelled).isFalse();
        assertThat(order.items).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "${body.name}, a.txt",
        "${body.getName}, a.txt",
        "${body?.name}, a.txt",
        "${header.order.number}, 4711",
        "${header.order.paid}, true",
        "${header.order.isPaid}, true",
        "${header.order.items[first]}, ball",
        "${header.map[key]}, value",
        "${header.map[key].length}, 5",
        "${header.map[key].trim}, value",
        "${header.list[1]}, b",
        "${header.list[last]}, b",
        "${header.list.size}, 2",
        "${header.map.size}, 2",
        "${header.request.prompt}, A puppy",
        "${headers.request.videoId}, video_1",
        "${header.dotted.delete}, a header",
        "${exchangeProperty.file.name}, a.txt",
        "${variable.file.name}, a.txt",
        "${header.none?.name} ?: 'none', none",
    })
    void dataIsRead(String text, String value) {
        assertThat(read(exchange(), text)).isEqualTo(value);
    }

    @Test
    void allMethodsAreRunWhereTheUserSaysSo() {
        OptionExpression expression =
                OptionExpression.of(camel, "requestKey", "${header.counter.incrementAndGet}x", AllowedFunctions.ALL);

        expression.read(exchange());

        assertThat(counter.get()).isPositive();
    }

    private String read(Exchange exchange, String text) {
        return OptionExpression.of(camel, "requestKey", text, AllowedFunctions.SAFE)
                .read(exchange);
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(file.toFile());
        exchange.getMessage().setHeader("file", file.toFile());
        exchange.getMessage().setHeader("list", list);
        exchange.getMessage().setHeader("counter", counter);
        exchange.getMessage().setHeader("order", new Order());
        exchange.getMessage().setHeader("dotted.delete", "a header");
        exchange.getMessage().setHeader("request", RemixRequest.of("video_1", "A puppy"));
        exchange.getMessage().setHeader("map", new HashMap<>(Map.of("key", "value", "file", file.toFile())));
        exchange.getMessage().setHeader("files", List.of(file.toFile()));
        exchange.setProperty("files", List.of(file.toFile()));
        exchange.setProperty("file", file.toFile());
        exchange.setVariable("file", file.toFile());
        return exchange;
    }
}
