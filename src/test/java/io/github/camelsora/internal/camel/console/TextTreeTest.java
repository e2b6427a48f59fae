package io.github.camelsora.internal.camel.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTreeTest {
    private static Map<String, Object> object(Object... fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        return object;
    }

    @Test
    void objectsAndListsAreIndentedAndEmptyOnesAreNone() {
        Map<String, Object> root = object(
                "name",
                "sora",
                "lease",
                object("lasts", true, "seconds", 30L),
                "problems",
                List.of(),
                "tasks",
                Map.of(),
                "words",
                List.of("one", "two"),
                "accounts",
                List.of(object("account", "a", "limits", List.of(object("limit", "5/1d", "left", 2)), "queued", 0)),
                "model",
                null);

        assertThat(TextTree.of(root)).isEqualTo("""
                        name: sora
                        lease:
                            lasts: true
                            seconds: 30
                        problems: none
                        tasks: none
                        words:
                          - one
                          - two
                        accounts:
                          - account: a
                            limits:
                              - limit: 5/1d
                                left: 2
                            queued: 0
                        model: null
                        """);
    }
}
