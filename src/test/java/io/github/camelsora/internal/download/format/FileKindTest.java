package io.github.camelsora.internal.download.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which media types a host may give to a file of a kind. */
class FileKindTest {

    @ParameterizedTest
    @ValueSource(strings = {"video/mp4", "VIDEO/MP4", "video/x-msvideo", "video/vnd.dlna.mpeg-tts", "video/3gpp"})
    void aVideoHasATypeOfAVideo(String type) {
        assertThat(FileKind.VIDEO.isTypeOf(type)).isTrue();
        assertThat(FileKind.IMAGE.isTypeOf(type)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "video/",
                "video",
                "application/octet-stream",
                "xvideo/mp4",
                "video/mp4\r\nX-Injected: 1",
                "video/mp4; codecs=avc1",
                "video/-"
            })
    void whatIsNoPlainTypeOfAVideoOrAnImageIsNone(String type) {
        assertThat(FileKind.VIDEO.isTypeOf(type)).isFalse();
        assertThat(FileKind.IMAGE.isTypeOf(type)).isFalse();
    }
}
