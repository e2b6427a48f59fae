package io.github.camelsora.internal.camel.console;

import java.util.Collection;
import java.util.Map;

/** Writes objects of JSON as indented lines that are easy to read. */
final class TextTree {
    private final StringBuilder text = new StringBuilder();

    private TextTree() {}

    static String of(Map<String, ?> object) {
        TextTree tree = new TextTree();
        tree.addFields(object, "");
        return tree.text.toString();
    }

    private void addFields(Map<String, ?> object, String indent) {
        object.forEach((name, value) -> add(name, value, indent));
    }

    private void add(String name, Object value, String indent) {
        if (value instanceof Map<?, ?> object) {
            addLine(indent + name + ":" + (object.isEmpty() ? " none" : ""));
            object.forEach((field, content) -> add(String.valueOf(field), content, indent + "    "));
        } else if (value instanceof Collection<?> items) {
            addLine(indent + name + ":" + (items.isEmpty() ? " none" : ""));
            items.forEach(item -> addItem(item, indent + "  - "));
        } else {
            addLine(indent + name + ": " + value);
        }
    }

    private void addItem(Object item, String indent) {
        if (item instanceof Map<?, ?> object) {
            String[] before = {indent};
            object.forEach((field, content) -> {
                add(String.valueOf(field), content, before[0]);
                before[0] = " ".repeat(indent.length());
            });
        } else {
            addLine(indent + item);
        }
    }

    private void addLine(String line) {
        text.append(line).append('\n');
    }
}
