package io.github.camelsora.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that an application gives to its beans, among them components. Each runtime has several ways to do so, so the text of
 * the files is searched: {@code addComponent("amq", …)}, {@code @Named("amq")}, a method {@code amq()}, {@code <bean id="amq">},
 * {@code name: amq}, {@code camel.beans.amq}.
 */
final class BeanNames {
    private final Collection<Path> files;
    private final Map<String, Boolean> asked = new HashMap<>();

    BeanNames(Collection<Path> files) {
        this.files = files;
    }

    boolean contains(String name) {
        return asked.computeIfAbsent(name, this::isDeclared);
    }

    private boolean isDeclared(String name) {
        String quoted = Pattern.quote(name);
        Pattern declaration =
                Pattern.compile("[(,]\\s*\"" + quoted + "\"|\\w\\s+" + quoted + "\\s*\\(|\\b(id|name)\\s*[=:]\\s*[\"']?"
                        + quoted + "(?![\\w.-])|\\bcamel\\.beans\\." + quoted + "\\b");
        return files.stream().anyMatch(file -> declaration.matcher(text(file)).find());
    }

    private static String text(Path file) {
        try {
            return RouteReader.text(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
