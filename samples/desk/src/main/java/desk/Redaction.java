package desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Removes what the page must not show: signed addresses always, prompts while they are hidden. */
final class Redaction {
    private static final Pattern ADDRESS =
            Pattern.compile("(https?://[^\\s\"?#]+)([?#][^\\s\"]*)?", Pattern.CASE_INSENSITIVE);

    /** What a user has named, and names again in the next request. */
    private static final Set<String> NAMES = Set.of(
            "account",
            "key",
            "taskId",
            "sourceId",
            "tag",
            "tenant",
            "correlationId",
            "model",
            "filter",
            "query",
            "sql");

    private Redaction() {}

    /** The answer with its addresses cut before the query, in which a signature is. */
    static Object withoutSignatures(Object value) {
        return replace(
                "",
                value,
                (name, text) ->
                        NAMES.contains(name) ? text : ADDRESS.matcher(text).replaceAll("$1"));
    }

    /** The value, from JSON, with no address in it. */
    static Object withoutAddresses(Object value) {
        return replace("", value, (name, text) -> ADDRESS.matcher(text).replaceAll("(address)"));
    }

    /** The value, from JSON, without texts in fields whose name contains {@code prompt}, and without quotations of a prompt. */
    static Object withoutPrompts(Object value, String prompt) {
        return replace(
                "",
                value,
                (name, text) ->
                        name.toLowerCase(Locale.ROOT).contains("prompt") ? "(hidden)" : withoutPrompt(text, prompt));
    }

    /** The text with the prompt replaced where it is quoted. */
    static String withoutPrompt(String text, String prompt) {
        return text == null || prompt == null || prompt.isBlank() ? text : text.replace(prompt, "(hidden)");
    }

    private static Object replace(String name, Object value, BiFunction<String, String, String> change) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((field, content) -> copy.put(
                    String.valueOf(field),
                    replace(name.contains("prompt") ? name : String.valueOf(field), content, change)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> replace(name, item, change)).toList();
        }
        return value instanceof String text ? change.apply(name, text) : value;
    }
}
