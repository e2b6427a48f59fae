package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.StorePrompt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPromptTest {
    private static final Map<String, Object> FIELDS = Map.of(
            "model",
            "kling-1",
            "prompt",
            "A puppy",
            "negative_prompt",
            "A cat",
            "metadata",
            Map.of(
                    "multi_prompt",
                    List.of(Map.of("text", "A street", "seconds", 5)),
                    "PromptSuffix",
                    "in rain",
                    "n",
                    2),
            "prompt_optimizer",
            true);

    /** The fields as the JSON of a ledger gives them back. */
    private static Map<String, Object> stored(Map<String, Object> fields, StorePrompt how, String key) {
        return Json.readMap(Json.write(StoredPrompt.store(fields, how, key))).orElseThrow();
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return Json.readMap(Json.write(changed)).orElseThrow();
    }

    private static Map<String, Object> plain() {
        return with(FIELDS, "model", "kling-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void eachTextInAFieldOfAPromptIsReplacedAndNothingElse(StorePrompt how) {
        String json = Json.write(stored(FIELDS, how, "key-1"));

        assertThat(json)
                .contains("\"model\":\"kling-1\"", "\"seconds\":5", "\"n\":2", "\"prompt_optimizer\":true")
                .doesNotContain("puppy", "cat", "street", "rain");
    }

    @Test
    void aFullPromptStaysAsItIs() {
        assertThat(stored(FIELDS, StorePrompt.full, "key-1")).isEqualTo(plain());
        assertThat(StoredPrompt.isConcealedIn(plain())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aStoredRequestIsTheSameAsItself(StorePrompt how) {
        assertThat(StoredPrompt.isSame(stored(FIELDS, how, "key-1"), plain(), "key-1"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestWithAnotherModelOrFieldIsNotTheSame(StorePrompt how) {
        Map<String, Object> stored = stored(FIELDS, how, "key-1");

        assertThat(StoredPrompt.isSame(stored, with(FIELDS, "model", "kling-2"), "key-1"))
                .isFalse();
        assertThat(StoredPrompt.isSame(stored, with(FIELDS, "seed", 1), "key-1"))
                .isFalse();
        assertThat(StoredPrompt.isSame(stored, with(FIELDS, "metadata", Map.of("n", 3)), "key-1"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "negative_prompt"})
    void aDigestRecognisesAnotherPromptAndNoPromptDoesNot(String field) {
        Map<String, Object> other = with(FIELDS, field, "A dragon");

        assertThat(StoredPrompt.isSame(stored(FIELDS, StorePrompt.full, "key-1"), other, "key-1"))
                .isFalse();
        assertThat(StoredPrompt.isSame(stored(FIELDS, StorePrompt.hash, "key-1"), other, "key-1"))
                .isFalse();
        assertThat(StoredPrompt.isSame(stored(FIELDS, StorePrompt.none, "key-1"), other, "key-1"))
                .isTrue();
    }

    @Test
    void aListOfPromptsIsTheSameInItsOrderOnly() {
        Map<String, Object> stored = stored(Map.of("prompts", List.of("a", "b")), StorePrompt.hash, "key-1");

        assertThat(StoredPrompt.isSame(stored, Map.of("prompts", List.of("a", "b")), "key-1"))
                .isTrue();
        assertThat(StoredPrompt.isSame(stored, Map.of("prompts", List.of("b", "a")), "key-1"))
                .isFalse();
        assertThat(StoredPrompt.isSame(stored, Map.of("prompts", List.of("a")), "key-1"))
                .isFalse();
    }

    @Test
    void equalPromptsOfTwoKeysHaveDigestsOfTheirOwn() {
        assertThat(stored(FIELDS, StorePrompt.hash, "key-1").get("prompt"))
                .isEqualTo(stored(FIELDS, StorePrompt.hash, "key-1").get("prompt"))
                .isNotEqualTo(stored(FIELDS, StorePrompt.hash, "key-2").get("prompt"));
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void aMarkIsKeptWhenTheRequestIsStoredOnceMore(StorePrompt how) {
        Map<String, Object> stored = stored(FIELDS, how, "key-1");

        assertThat(stored(stored, StorePrompt.hash, "key-1")).isEqualTo(stored);
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void aRequestWithoutItsPromptsIsRecognised(StorePrompt how) {
        assertThat(StoredPrompt.isConcealedIn(stored(FIELDS, how, "key-1"))).isTrue();
        assertThat(StoredPrompt.isConcealedIn(stored(Map.of("a", List.of(Map.of("prompt", "A puppy"))), how, "key-1")))
                .isTrue();
        assertThat(StoredPrompt.isConcealedIn(stored(Map.of("model", "kling-1"), how, "key-1")))
                .isFalse();
    }
}
