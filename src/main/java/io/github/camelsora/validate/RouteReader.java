package io.github.camelsora.validate;

import io.github.camelsora.validate.RouteEndpoint.Use;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the endpoints in the routes of one language. */
interface RouteReader {
    /** Stands for a part of a URI that is known at run time only. */
    String UNKNOWN = "{{unknown}}";

    /** What the error handler in XML and YAML calls its endpoint. */
    String DEAD_LETTER_URI = "deadLetterUri";

    /** What XML and YAML call the steps that have an endpoint. */
    Map<String, Use> STEPS = Map.of(
            "from",
            Use.FROM,
            "to",
            Use.TO,
            "toD",
            Use.TO_DYNAMIC,
            "wireTap",
            Use.TO_DYNAMIC,
            "enrich",
            Use.TO_DYNAMIC,
            "poll",
            Use.POLL,
            "pollEnrich",
            Use.POLL,
            DEAD_LETTER_URI,
            Use.TO);

    /**
     * Reads a file.
     *
     * @return its endpoints, in the order of the file
     * @throws RouteSyntaxException if the file cannot be parsed
     */
    List<RouteEndpoint> read(Path file) throws IOException;

    /** The reader of a file, by its name; null if it cannot have routes. */
    static RouteReader of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "java" -> new JavaRoutes();
            case "xml" -> new XmlRoutes();
            case "yaml", "yml" -> new YamlRoutes();
            default -> null;
        };
    }

    /** Whether a file that cannot be parsed seems to have routes. Others, such as a template or an empty file, are not ours. */
    static boolean hasRoutes(Path file) throws IOException {
        return Pattern.compile("\\b(org\\.apache\\.camel|routes?|from|uri)\\b")
                .matcher(text(file))
                .find();
    }

    /** The text of a file. */
    static String text(Path file) throws IOException {
        return Files.readString(file, charset(file));
    }

    /** UTF-8, or Latin-1 for a file that is not in UTF-8. Endpoints are the same in both. */
    static Charset charset(Path file) throws IOException {
        try {
            Files.readString(file);
            return StandardCharsets.UTF_8;
        } catch (MalformedInputException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
