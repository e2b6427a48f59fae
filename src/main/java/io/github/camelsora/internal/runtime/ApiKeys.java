package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.toapis.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * The API keys by the text of the option apiKey, which is a key or the name of its source. All endpoints with the same source
 * share one key, so that it is read once for all of them. Thread-safe.
 */
public final class ApiKeys {
    private static final String FILE = "file:";
    private static final String PROPERTY = "property:";
    private static final String BEAN = "bean:";
    private static final int LONGEST = 4096;

    private final Map<String, ApiKey> bySource = new HashMap<>();

    /** Tells whether a text names a source. */
    public static boolean isSource(String text) {
        return text.startsWith(FILE) || text.startsWith(PROPERTY) || text.startsWith(BEAN);
    }

    /**
     * The key of a text. A source is read when its first endpoint starts.
     *
     * @param text the option apiKey
     * @param camel resolves properties, and has the beans
     * @param clock for the pauses between two readings
     * @throws IllegalArgumentException if the source is missing or holds no key; the message does not contain what it holds
     */
    public synchronized ApiKey of(String text, CamelContext camel, InstantSource clock) {
        if (!isSource(text)) {
            return ApiKey.fixed(text);
        }
        ApiKey known = bySource.get(text);
        if (known == null) {
            known = ApiKey.from(text, () -> read(text, camel), clock);
            bySource.put(text, known);
        }
        return known;
    }

    private static String read(String source, CamelContext camel) {
        String name = source.substring(source.indexOf(':') + 1);
        String key = source.startsWith(FILE)
                ? readFile(name)
                : source.startsWith(PROPERTY) ? readProperty(name, camel) : readBean(name, camel);
        String stripped = key == null ? "" : key.strip();
        boolean isKey = !stripped.isEmpty()
                && stripped.length() <= LONGEST
                && stripped.chars().allMatch(c -> c > ' ' && c < 127);
        if (!isKey) {
            throw new IllegalArgumentException(
                    "apiKey=" + source + " must hold one API key, a line without spaces, and "
                            + (stripped.isEmpty() ? "is empty" : "holds something else"));
        }
        return stripped;
    }

    private static String readFile(String name) {
        String path = name.startsWith("//") ? name.substring(2) : name;
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return new String(in.readNBytes(2 * LONGEST), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The file of apiKey=" + FILE + name + " does not exist", e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "The file of apiKey=" + FILE + name + " could not be read: "
                            + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage()),
                    e);
        }
    }

    private static String readProperty(String name, CamelContext camel) {
        try {
            return camel.resolvePropertyPlaceholders("{{" + name + "}}");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The property of apiKey=" + PROPERTY + name + " could not be resolved: " + e.getMessage(), e);
        }
    }

    private static String readBean(String name, CamelContext camel) {
        Supplier<?> bean = camel.getRegistry().lookupByNameAndType(name, Supplier.class);
        if (bean == null) {
            throw new IllegalArgumentException(
                    "apiKey=" + BEAN + name + " needs a bean '" + name + "' that is a java.util.function.Supplier");
        }
        Object key = bean.get();
        return key == null ? null : key.toString();
    }
}
