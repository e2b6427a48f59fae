package io.github.camelsora.internal.camel.request;

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
 * Tells text that is a request from text that is a prompt, and refuses what is meant as a request but cannot be read as one:
 * paid for as a prompt, it would be a video of its braces.
 */
final class RequestText {
    /** The fields of a request, by their names on the wire. */
    static final Set<String> FIELDS = Set.of("video_id", "prompt", "model", "duration", "aspect_ratio");

    private static final String WAY_OUT =
            ". Correct it, or, if it is really the prompt, put it into the header CamelSoraPrompt and clear the body";

    private static final String A_FIELD = "(?:video_?id|prompt|model|duration|aspect_?ratio)";

    // The beginning of a JSON object, as opposed to a prompt that begins with a brace.
    private static final Pattern OBJECT_START = Pattern.compile("\\{\\s*(?:\"|\\}|$)");

    // What a person, another language or another program writes for a JSON object.
    private static final List<Pattern> ALMOST_OBJECTS = List.of(
            Pattern.compile("\\{\\s*(?:'[\\w -]+'|[\u201C\u201D\u201E\u00AB][\\w -]+[\u201C\u201D\u00BB])\\s*[:=]"),
            Pattern.compile("(?i)\\{\\s*['`\u2018\u2019]?" + A_FIELD + "['`\u2018\u2019]?\\s*[:=]"),
            Pattern.compile("(?is)\\{\\s*\\w+\\s*[:=].*[,\\s]" + A_FIELD + "\\s*[:=]"),
            Pattern.compile("\\{\\s*(?://|/\\*|#)"),
            Pattern.compile("(?:RemixRequest|VideoTask|Balance)\\["));

    // What is put around JSON: the fence of a chat model, quotes of another language.
    private static final Pattern WRAPPING = Pattern.compile("(?:```\\w*|['`\"\u201C\u2018]{1,3})\\s*");

    private static final Pattern LIST_START = Pattern.compile("\\[\\s*(?:[\\[{]|\\]\\s*$)");

    private static final Pattern MARKUP = Pattern.compile("(?i)<(?:(?:\\?xml|!doctype|html)\\b|" + A_FIELD + "\\s*/?>"
            + "|[\\w:.-]+[^<>]{0,1000}>\\s*<(?:[\\w.-]+:)?" + A_FIELD + "\\s*/?>)");

    // A form, YAML or properties: a field of a request with its value, and another one behind it.
    private static final Pattern FORM = Pattern.compile("(?i)" + A_FIELD + "=\\S*\\s*");
    private static final Pattern FORM_OF_MORE = Pattern.compile("(?is)" + A_FIELD + "=[^&]*&" + A_FIELD + "=.*");
    private static final Pattern YAML = Pattern.compile(
            "(?is)(?:---\\s+)?(?:-\\s+)?" + A_FIELD + "\\s*[:=]\\s?.*[\\n\\r]\\s*" + A_FIELD + "\\s*[:=]\\s?.*");
    private static final Pattern YAML_ITEM = Pattern.compile("(?i)-\\s+" + A_FIELD + "\\s*:\\s.*");

    // The head of a table, of which two columns are fields.
    private static final Pattern TABLE = Pattern.compile("(?is)(?:[\"\\w -]{1,40}[,;\\t|]){0,20}\"?" + A_FIELD
            + "\"?[,;\\t|](?:[\"\\w -]{1,40}[,;\\t|]){0,20}\"?" + A_FIELD + "\"?[^\\n\\r\\w]*[\\n\\r].*");

    // An event of a stream, a call of JavaScript, or an assignment, with a JSON object in it.
    private static final Pattern WRAPPED = Pattern.compile(
            "(?i)(?:data|event|payload|request|body|json)\\s*[:=]\\s*\\{\\s*\\\\?\".*|[\\w.$]{0,60}\\(\\s*\\{\\s*\".*",
            Pattern.DOTALL);

    // Quotes that were escaped for another language once too often.
    private static final Pattern ESCAPED = Pattern.compile(
            "\\\\?\\{\\s*(?:\\\\+\"|&(?:quot|#34|#39|apos);|%22).*|%7B.*|\\\\\\{\\s*\".*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    // What an object prints as, in Java or JavaScript, and what stands for no object at all.
    private static final Pattern PRINTED = Pattern.compile(
            "\\w{1,60}[\\[({](?:\\w{1,40}=[^=]{0,1000}, ?){0,20}" + A_FIELD
                    + "=.*|\\[object \\w+]\\s*|(?:[\\w$]{1,80}\\.){1,30}[\\w$]{1,80}@[0-9a-f]{1,8}\\s*|\\[+[BCDFIJSZL][\\w.$;]*@[0-9a-f]{1,8}\\s*"
                    + "|(?:null|undefined)\\s*",
            Pattern.DOTALL);

    private RequestText() {}

    /** The text without what is before its first character that is seen: blanks of all kinds and marks of the encoding. */
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
     * The fields of a request.
     *
     * @param text the body of a message
     * @return the fields; empty when the text is a prompt
     */
    static Optional<Map<String, Object>> fields(String text) {
        String seen = withoutLeadingBlanks(text);
        if (OBJECT_START.matcher(seen).lookingAt()) {
            return Optional.of(Json.readMap(seen)
                    .orElseThrow(() ->
                            RequestBodyParser.rejected("The body begins like a JSON object but is not one" + WAY_OUT)));
        }
        if (ALMOST_OBJECTS.stream().anyMatch(almost -> almost.matcher(seen).lookingAt())) {
            throw RequestBodyParser.rejected(
                    "The body looks like a request but is not JSON, which has its names and texts in \"double"
                            + " quotes\"" + WAY_OUT);
        }
        if (LIST_START.matcher(seen).lookingAt()
                || seen.startsWith("[") && seen.indexOf('{') > 0 && Json.isWhole(seen)) {
            throw RequestBodyParser.rejected(
                    "The body is a JSON list, and a request is one object: split it first" + WAY_OUT);
        }
        if (isQuoted(seen)) {
            throw RequestBodyParser.rejected(
                    "The body is a request within quotes, as JSON that was written as JSON a second time" + WAY_OUT);
        }
        if (MARKUP.matcher(seen).lookingAt()) {
            throw RequestBodyParser.rejected("The body is an XML or HTML document, and a request is JSON" + WAY_OUT);
        }
        if (isOneOf(seen, FORM, FORM_OF_MORE, YAML, YAML_ITEM)) {
            throw RequestBodyParser.rejected("The body is a form, YAML or properties, and a request is JSON" + WAY_OUT);
        }
        if (isOneOf(seen, TABLE)) {
            throw RequestBodyParser.rejected(
                    "The body is a table, and a request is one JSON object: read its rows first" + WAY_OUT);
        }
        if (isOneOf(seen, WRAPPED, ESCAPED)) {
            throw RequestBodyParser.rejected(
                    "The body is a request that was written into something else, and is no JSON" + WAY_OUT);
        }
        if (isOneOf(seen, PRINTED)) {
            throw RequestBodyParser.rejected(
                    "The body is what an object prints as, or says that there is none" + WAY_OUT);
        }
        if (seen.isEmpty() && !text.isBlank()) {
            throw RequestBodyParser.rejected("The body has only characters that are not seen" + WAY_OUT);
        }
        return Optional.empty();
    }

    private static boolean isOneOf(String seen, Pattern... patterns) {
        return Stream.of(patterns).anyMatch(pattern -> pattern.matcher(seen).matches());
    }

    private static boolean isQuoted(String seen) {
        Matcher wrapping = WRAPPING.matcher(seen);
        if (wrapping.lookingAt() && isJsonLike(seen.substring(wrapping.end()))) {
            return true;
        }
        return seen.startsWith("\"") && isQuotedTwice(seen);
    }

    private static boolean isQuotedTwice(String seen) {
        return Json.readText(seen)
                .map(RequestText::withoutLeadingBlanks)
                .filter(RequestText::isJsonLike)
                .isPresent();
    }

    private static boolean isJsonLike(String text) {
        return OBJECT_START.matcher(text).lookingAt()
                || LIST_START.matcher(text).lookingAt()
                || text.startsWith("\"") && isQuotedTwice(text);
    }

    /** Refuses names that differ from those of a request in their spelling only: they would travel along unused. */
    static void checkNames(Set<?> names) {
        for (Object name : names) {
            String plain = String.valueOf(name).strip().toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
            FIELDS.stream()
                    .filter(field -> field.replace("_", "").equals(plain) && !field.equals(name))
                    .findFirst()
                    .ifPresent(field -> {
                        throw RequestBodyParser.rejected(
                                "The body has a field '" + name + "', which is written " + field);
                    });
        }
    }
}
