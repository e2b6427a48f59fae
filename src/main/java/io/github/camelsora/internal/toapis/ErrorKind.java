package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an error is about, by the words in it. Gateways report one reason with several HTTP statuses, so the words choose the
 * exception. The outcome of a submit depends on the status, and on words only for a 429 (no credits) and a 503, whose own code
 * counts (see {@link SubmitAnswerReader}).
 */
enum ErrorKind {
    /** There are no credits left. */
    CREDITS,
    /** The prompt or the source is rejected. */
    CONTENT,
    /** The API key is rejected. */
    KEY,
    /** The model is not there, or the API key may not use it. */
    MODEL,
    /** There is no such task or video. */
    TASK,
    /** A field of the request is wrong. */
    REQUEST,
    /** No known word. */
    OTHER;

    private static final int DEEPEST = 6;

    private static final Pattern CREDIT_WORD = Pattern.compile(
            "insufficient(user|account|token)?(quota|balance|credit|fund)"
                    + "|(quota|balance|credits?)(is)?(notenough|insufficient)|notenough(quota|balance|credit)|outofcredit|nocredit"
                    + "|(credits?|balance)(exhausted|depleted|usedup)|quotafailed|billing|paymentrequired|arrear|overdue");

    private static final Pattern CREDIT_SENTENCE =
            Pattern.compile("insufficient\\s+(user\\s+|account\\s+|token\\s+)?(quota|balance|credits?|funds)"
                    + "|(quota|balance|credits?)\\s+(is\\s+|are\\s+)?(not\\s+enough|insufficient)"
                    + "|(balance|credits?)\\s+(is\\s+|are\\s+)?(exhausted|used\\s+up)|not\\s+enough\\s+(quota|balance|credit)"
                    + "|out\\s+of\\s+credit|no\\s+credits\\b|plan\\s+and\\s+billing|余额不足|额度不足|额度已用尽|欠费");

    private static final Pattern CONTENT_WORD =
            Pattern.compile("contentpolicy|policyviolation|contentviolation|contentfilter"
                    + "|moderation|sensitive|safety|unsafe|nsfw|prohibitedcontent|inappropriate");

    private static final Pattern LIMIT_WORD =
            Pattern.compile("ratelimit|toomany|throttl|resourceexhausted|requestlimit|concurren|overload|busy");

    private static final Pattern KEY_WORD =
            Pattern.compile("invalidapikey|invalidtoken|authentication|unauthori[sz]ed|unauthenticated");

    private static final Pattern MODEL_WORD =
            Pattern.compile("model(notfound|notexist|doesnotexist)|noavailablechannel");

    private static final Pattern MODEL_SENTENCE =
            Pattern.compile("model\\s+(\\S+\\s+)?((is|was)\\s+)?(not\\s+found|does\\s+not\\s+exist)"
                    + "|no\\s+available\\s+channel|无可用渠道");

    private static final Pattern TASK_WORD = Pattern.compile("(task|video)(id)?(notexist|notfound|doesnotexist)");

    private static final Pattern REQUEST_WORD =
            Pattern.compile("invalidrequest|invalidparam|validation|missing|valueerror|badrequest");

    /** Classifies the body of an answer. */
    static ErrorKind of(byte[] body) {
        Set<String> words = new HashSet<>();
        Optional<JsonNode> json = Json.readObject(body);
        json.ifPresent(node -> collect(node, words, 0));
        ErrorKind kind = of(words);
        // Some gateways use these sentences for a rate limit, too; then the error code tells.
        boolean isAboutRate =
                words.stream().anyMatch(word -> LIMIT_WORD.matcher(word).find());
        boolean isOpen = (kind == OTHER || kind == REQUEST) && !isAboutRate;
        return isOpen ? ofSentence(ApiError.ofBody(body).message(), kind) : kind;
    }

    private static ErrorKind ofSentence(String message, ErrorKind otherwise) {
        String sentence = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (CREDIT_SENTENCE.matcher(sentence).find()) {
            return CREDITS;
        }
        return MODEL_SENTENCE.matcher(sentence).find() ? MODEL : otherwise;
    }

    private static ErrorKind of(Set<String> words) {
        if (has(words, CREDIT_WORD)) {
            return CREDITS;
        }
        if (has(words, CONTENT_WORD)) {
            return CONTENT;
        }
        if (has(words, KEY_WORD)) {
            return KEY;
        }
        if (has(words, MODEL_WORD)) {
            return MODEL;
        }
        if (has(words, TASK_WORD)) {
            return TASK;
        }
        return has(words, REQUEST_WORD) ? REQUEST : OTHER;
    }

    private static boolean has(Set<String> words, Pattern pattern) {
        return words.stream().anyMatch(word -> pattern.matcher(word).find());
    }

    /** Collects the words of an error, of nested errors, and of an upstream's JSON inside a message. */
    private static void collect(JsonNode node, Set<String> words, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isArray()) {
            node.forEach(one -> collect(one, words, depth + 1));
        } else if (node.isObject()) {
            ErrorFields.CODES.forEach(name -> add(ErrorFields.field(node, name), words));
            ErrorFields.OF_ERROR.forEach(name -> collect(ErrorFields.field(node, name), words, depth + 1));
        } else if (node.isTextual() && node.asText().stripLeading().startsWith("{")) {
            Json.readObject(node.asText().getBytes(StandardCharsets.UTF_8))
                    .ifPresent(inner -> collect(inner, words, depth + 1));
        } else {
            add(node, words);
        }
    }

    /** Adds a text that is one word, reduced to letters and digits. */
    private static void add(JsonNode value, Set<String> words) {
        String text = value.isTextual() ? value.asText().strip() : "";
        if (!text.isEmpty() && text.chars().noneMatch(Character::isWhitespace)) {
            words.add(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
        }
    }
}
