package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Figure;
import java.util.List;
import java.util.stream.IntStream;

/** An order, which is a file, the prompt of a remix, a video, and a notification. */
record Order(String name) {

    static List<Order> all(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Order(Figure.text("order-%03d", number)))
                .toList();
    }

    String prompt() {
        return name + ": add a puppy playing in the scene";
    }

    /** The name of the order that a prompt belongs to. */
    static String nameIn(String prompt) {
        return prompt.split(":", 2)[0];
    }

    String fileName() {
        return name + ".json";
    }

    String json(String video) {
        return "{\"order\": \"" + name + "\", \"video\": \"" + video + "\", \"prompt\": \"" + prompt() + "\"}";
    }
}
