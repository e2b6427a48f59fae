package desk;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes what the page must not show: signed addresses always, prompts while they are hidden. */
final class Redaction {
    /** An address of any scheme, also with escaped slashes; a user and a password before its host are not kept. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([a-z][a-z0-9+.-]*:(?:\\\\?/){2})(?:[^/\\s\"?#@]*@)?([^\\s\"?#]+)([?#][^\\s\"]*)?",
            Pattern.CASE_INSENSITIVE);

    /** The query of an address whose beginning is not recognized, also percent-encoded. */
    private static final Pattern QUERY =
            Pattern.compile("(?:\\?|%(?:25)*3f)[^\\s\"?=%]+(?:=|%(?:25)*3d)[^\\s\"]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD =
            Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+");

    /** As many words of the prompt in a row are a quotation of it; fewer occur in any message. */
    private static final int QUOTED_WORDS = 3;

    /** Fields with what a user has named: the page sends it back in the next request, so it stays as it is. */
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
            "curl",
            "sql");

    private Redaction() {}

    /** The answer with its addresses cut before the query, in which a signature is. */
    static Object withoutSignatures(Object value) {
        return replace("", value, (name, text) -> NAMES.contains(name) ? text : withoutSignatures(text));
    }

    private static String withoutSignatures(String text) {
        return QUERY.matcher(ADDRESS.matcher(text).replaceAll("$1$2")).replaceAll("");
    }

    /** The value, from JSON, with no address in it. */
    static Object withoutAddresses(Object value) {
        return replace("", value, (name, text) -> ADDRESS.matcher(text).replaceAll("(address)"));
    }

    /** The value, from JSON, without texts in fields whose name contains {@code prompt}, and without quotations of a prompt. */
    static Object withoutPrompts(Object value, String prompt) {
        return replace("", value, (name, text) -> isPrompt(name) ? "(hidden)" : withoutPrompt(text, prompt));
    }

    /** The text with the prompt replaced where it is quoted, also in part, in other letters or with other spaces. */
    static String withoutPrompt(String text, String prompt) {
        if (text == null || prompt == null || prompt.isBlank()) {
            return text;
        }
        String rest = text.replace(prompt, "(hidden)");
        List<MatchResult> positions = WORD.matcher(rest).results().toList();
        List<String> words = lower(positions.stream());
        List<String> promptWords = lower(WORD.matcher(prompt).results());
        int length = Math.min(QUOTED_WORDS, promptWords.size());
        Set<List<String>> quotations = new HashSet<>();
        for (int i = 0; i + length <= promptWords.size(); i++) {
            quotations.add(promptWords.subList(i, i + length));
        }
        BitSet quoted = new BitSet();
        for (int i = 0; i + length <= words.size(); i++) {
            if (quotations.contains(words.subList(i, i + length))) {
                quoted.set(i, i + length);
            }
        }
        StringBuilder result = new StringBuilder();
        int copied = 0;
        int first = quoted.nextSetBit(0);
        while (first >= 0) {
            int end = quoted.nextClearBit(first);
            result.append(rest, copied, positions.get(first).start()).append("(hidden)");
            copied = positions.get(end - 1).end();
            first = quoted.nextSetBit(end);
        }
        return result.append(rest.substring(copied)).toString();
    }

    private static List<String> lower(Stream<MatchResult> words) {
        return words.map(word -> word.group().toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isPrompt(String name) {
        return name.toLowerCase(Locale.ROOT).contains("prompt");
    }

    private static Object replace(String name, Object value, BiFunction<String, String, String> change) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((field, content) -> copy.put(
                    String.valueOf(field), replace(isPrompt(name) ? name : String.valueOf(field), content, change)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> replace(name, item, change)).toList();
        }
        return value instanceof String text ? change.apply(name, text) : value;
    }
}
