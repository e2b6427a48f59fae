package io.github.camelsora.internal.camel.request;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.internal.toapis.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whether a text body is a request in JSON or a prompt. It rejects text that is meant as a request but is not valid JSON,
 * since sending it as a prompt would pay for a useless video.
 */
final class RequestText {
    /** The fields of a request, by the wire's names. */
    static final Set<String> FIELDS = Set.of("video_id", "prompt", "model", "duration", "aspect_ratio");

    private static final String WAY_OUT =
            ". Correct it, or, if it is really the prompt, put it into the header CamelSoraPrompt and clear the body";

    private static final String FIELD = "(?:video_?id|prompt|model|duration|aspect_?ratio)";

    // The beginning of a JSON object, as opposed to a prompt that begins with a brace.
    private static final Pattern OBJECT_START = Pattern.compile("\\{\\s*(?:\"|\\}|$)");

    // What people, other languages or other programs write instead of a JSON object.
    private static final List<Pattern> ALMOST_OBJECTS = List.of(
            Pattern.compile("\\{\\s*(?:'[\\w -]+'|[\u201C\u201D\u201E\u00AB][\\w -]+[\u201C\u201D\u00BB])\\s*[:=]"),
            Pattern.compile("(?i)\\{\\s*['`\u2018\u2019]?" + FIELD + "['`\u2018\u2019]?\\s*[:=]"),
            Pattern.compile("(?is)\\{\\s*\\w+\\s*[:=].*[,\\s]" + FIELD + "\\s*[:=]"),
            Pattern.compile("\\{\\s*(?://|/\\*|#)"),
            Pattern.compile("(?:RemixRequest|VideoTask|Balance)\\["));

    // Wrappers around JSON: the code fence of a chat model, quotes of another language.
    private static final Pattern WRAPPING = Pattern.compile("(?:```\\w*|['`\"\u201C\u2018]{1,3})\\s*");

    private static final Pattern LIST_START = Pattern.compile("\\[\\s*(?:[\\[{]|\\]\\s*$)");

    private static final Pattern MARKUP = Pattern.compile("(?i)<(?:(?:\\?xml|!doctype|html)\\b|" + FIELD + "\\s*/?>"
            + "|[\\w:.-]+[^<>]{0,1000}>\\s*<(?:[\\w.-]+:)?" + FIELD + "\\s*/?>)");

    // A form, YAML or properties: a field of a request with its value, followed by another field.
    private static final Pattern FORM = Pattern.compile("(?i)" + FIELD + "=\\S*\\s*");
    private static final Pattern FORM_WITH_MORE = Pattern.compile("(?is)" + FIELD + "=[^&]*&" + FIELD + "=.*");
    private static final Pattern YAML = Pattern.compile(
            "(?is)(?:---\\s+)?(?:-\\s+)?" + FIELD + "\\s*[:=]\\s?.*[\\n\\r]\\s*" + FIELD + "\\s*[:=]\\s?.*");
    private static final Pattern YAML_ITEM = Pattern.compile("(?i)-\\s+" + FIELD + "\\s*:\\s.*");

    // The header line of a table with two columns that are fields.
    private static final Pattern TABLE = Pattern.compile("(?is)(?:[\"\\w -]{1,40}[,;\\t|]){0,20}\"?" + FIELD
            + "\"?[,;\\t|](?:[\"\\w -]{1,40}[,;\\t|]){0,20}\"?" + FIELD + "\"?[^\\n\\r\\w]*[\\n\\r].*");

    // A server-sent event, a JavaScript call, or an assignment, with a JSON object in it.
    private static final Pattern WRAPPED = Pattern.compile(
            "(?i)(?:data|event|payload|request|body|json)\\s*[:=]\\s*\\{\\s*\\\\?\".*|[\\w.$]{0,60}\\(\\s*\\{\\s*\".*",
            Pattern.DOTALL);

    // A JSON object whose quotes were escaped for another language.
    private static final Pattern ESCAPED = Pattern.compile(
            "\\\\?\\{\\s*(?:\\\\+\"|&(?:quot|#34|#39|apos);|%22).*|%7B.*|\\\\\\{\\s*\".*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    // The toString of an object in Java or JavaScript, or a word for null.
    private static final Pattern PRINTED = Pattern.compile(
            "\\w{1,60}[\\[({](?:\\w{1,40}=[^=]{0,1000}, ?){0,20}" + FIELD
                    + "=.*|\\[object \\w+]\\s*|(?:[\\w$]{1,80}\\.){1,30}[\\w$]{1,80}@[0-9a-f]{1,8}\\s*|\\[+[BCDFIJSZL][\\w.$;]*@[0-9a-f]{1,8}\\s*"
                    + "|(?:null|undefined)\\s*",
            Pattern.DOTALL);

    private RequestText() {}

    /** The text from its first visible character on, without blanks of all kinds and byte order marks. */
    static String withoutLeadingBlanks(String text) {
        int begin = 0;
        while (begin < text.length() && isInvisible(text.charAt(begin))) {
            begin++;
        }
        return text.substring(begin);
    }

    private static boolean isInvisible(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /**
     * Reads the fields of a request.
     *
     * @param text the body of a message
     * @return the fields; empty when the text is a prompt
     * @throws BadRequestException if the text is meant as a request but is not valid JSON
     */
    static Optional<Map<String, Object>> fields(String text) {
        String visible = withoutLeadingBlanks(text);
        if (OBJECT_START.matcher(visible).lookingAt()) {
            return Optional.of(Json.readMap(visible)
                    .orElseThrow(() ->
                            RequestBodyParser.rejected("The body begins like a JSON object but is not one" + WAY_OUT)));
        }
        if (ALMOST_OBJECTS.stream().anyMatch(almost -> almost.matcher(visible).lookingAt())) {
            throw RequestBodyParser.rejected(
                    "The body looks like a request but is not JSON, which has its names and texts in \"double"
                            + " quotes\"" + WAY_OUT);
        }
        if (LIST_START.matcher(visible).lookingAt()
                || visible.startsWith("[") && visible.indexOf('{') > 0 && Json.isWhole(visible)) {
            throw RequestBodyParser.rejected(
                    "The body is a JSON list, and a request is one object: split it first" + WAY_OUT);
        }
        if (isQuoted(visible)) {
            throw RequestBodyParser.rejected(
                    "The body is a request within quotes, as JSON that was serialized twice" + WAY_OUT);
        }
        if (MARKUP.matcher(visible).lookingAt()) {
            throw RequestBodyParser.rejected("The body is an XML or HTML document, and a request is JSON" + WAY_OUT);
        }
        if (isOneOf(visible, FORM, FORM_WITH_MORE, YAML, YAML_ITEM)) {
            throw RequestBodyParser.rejected("The body is a form, YAML or properties, and a request is JSON" + WAY_OUT);
        }
        if (isOneOf(visible, TABLE)) {
            throw RequestBodyParser.rejected(
                    "The body is a table, and a request is one JSON object: read its rows first" + WAY_OUT);
        }
        if (isOneOf(visible, WRAPPED, ESCAPED)) {
            throw RequestBodyParser.rejected("The body is a request embedded in other text, and is not JSON" + WAY_OUT);
        }
        if (isOneOf(visible, PRINTED)) {
            throw RequestBodyParser.rejected("The body is the toString of an object, or a word for null" + WAY_OUT);
        }
        if (visible.isEmpty() && !text.isBlank()) {
            throw RequestBodyParser.rejected("The body has only invisible characters" + WAY_OUT);
        }
        return Optional.empty();
    }

    private static boolean isOneOf(String visible, Pattern... patterns) {
        return Stream.of(patterns).anyMatch(pattern -> pattern.matcher(visible).matches());
    }

    private static boolean isQuoted(String visible) {
        Matcher wrapping = WRAPPING.matcher(visible);
        if (wrapping.lookingAt() && isJsonLike(visible.substring(wrapping.end()))) {
            return true;
        }
        return visible.startsWith("\"") && isQuotedTwice(visible);
    }

    private static boolean isQuotedTwice(String visible) {
        return Json.readText(visible)
                .map(RequestText::withoutLeadingBlanks)
                .filter(RequestText::isJsonLike)
                .isPresent();
    }

    private static boolean isJsonLike(String text) {
        return OBJECT_START.matcher(text).lookingAt()
                || LIST_START.matcher(text).lookingAt()
                || text.startsWith("\"") && isQuotedTwice(text);
    }

    /** Rejects names that differ from those of a request in spelling only: the service would ignore them. */
    static void checkNames(Set<?> names) {
        for (Object name : names) {
            String plain = String.valueOf(name).strip().toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
            FIELDS.stream()
                    .filter(field -> field.replace("_", "").equals(plain) && !field.equals(name))
                    .findFirst()
                    .ifPresent(field -> {
                        throw RequestBodyParser.rejected(
                                "The body has a field '" + name + "', which must be written " + field);
                    });
        }
    }
}
