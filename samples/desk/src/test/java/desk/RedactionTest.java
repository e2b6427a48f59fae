package desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example/v.mp4?signature=secret",
                "HTTPS://files.example/v.mp4#secret",
                "https:\\/\\/files.example\\/v.mp4?signature=secret",
                "s3://files.example/v.mp4?signature=secret",
                "//files.example/v.mp4?signature=secret",
                "files.example/v.mp4?signature=secret",
                "https%3A%2F%2Ffiles.example%2Fv.mp4%3Fsignature%3Dsecret",
                "https%253A%252F%252Ffiles.example%252Fv.mp4%253Fsignature%253Dsecret",
                "https://files.example/a video.mp4?signature=secret",
                "https://user:secret@files.example/v.mp4",
                "https://secret@files.example/v.mp4?signature=secret"
            })
    void anAddressIsShownWithoutItsSecret(String address) {
        Object answer = Redaction.withoutSignatures(Map.of("failures", List.of("Cannot read " + address + " now")));

        assertThat(answer.toString())
                .contains("Cannot read ", "files.example", " now")
                .doesNotContain("secret");
    }

    @Test
    void otherTextIsLeftAlone() {
        String text = "Why? The property desk.account.shop is account=shop&apiKey=… (16:9, order-4/a#b)";

        assertThat(Redaction.withoutSignatures(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Let the whale sing, loudly!' is not allowed",
                "'let the WHALE sing, loudly!' is not allowed",
                "'Let  the whale\nsing, loudly!' is not allowed",
                "'Let the whale sing...' is not allowed",
                "'&quot;the whale sing&quot;' is not allowed"
            })
    void aQuotedPromptIsHidden(String text) {
        assertThat(Redaction.withoutPrompt(text, "Let the whale sing, loudly!"))
                .contains("(hidden)", "is not allowed")
                .doesNotContainPattern("(?i)let|whale|sing");
    }

    @Test
    void aPromptWithoutSpacesBetweenItsWordsIsHidden() {
        assertThat(Redaction.withoutPrompt("不允许：让鲸鱼唱歌…", "让鲸鱼唱歌，大声点")).isEqualTo("不允许：(hidden)…");
    }

    @Test
    void aShortPromptIsHiddenAsAWhole() {
        assertThat(Redaction.withoutPrompt("'add HAT' is not allowed; add more", "Add hat"))
                .isEqualTo("'(hidden)' is not allowed; add more");
    }

    @Test
    void wordsThatAPromptSharesWithAMessageAreShown() {
        String text = "The video is too long";

        assertThat(Redaction.withoutPrompt(text, "Make the video too funny")).isEqualTo(text);
    }
}
