package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.VideoTask;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No field for it is documented, so every field that clearly means it is read, and nothing else. */
class ChargedCreditsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 'video_1', 'credits_used': 20.5}",
                "{'id': 'video_1', 'used_credits': '20.50'}",
                "{'id': 'video_1', 'credits': 20.5}",
                "{'id': 'video_1', 'usage': {'consumed_credits': 20.5}}",
                "{'id': 'video_1', 'metadata': {'cost_credits': 20.5}}",
                "{'id': 'video_1', 'result': {'credits_charged': 20.5, 'data': []}}",
                "{'code': 200, 'data': [{'task_id': 'video_1', 'charged_credits': 20.5}]}",
                "{'code': 200, 'credits': 20.5, 'data': [{'task_id': 'video_1'}]}",
                "{'id': 'video_1', 'credits': 99, 'usage': {'credits_used': 20.5}}",
                "{'id': 'video_1', 'credits_used': -1, 'credits': 20.5}",
            })
    void whatWasChargedIsReadWhereverItStands(String answer) {
        assertThat(read(answer).chargedCredits()).isEqualTo(new BigDecimal("20.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 'video_1'}",
                "{'id': 'video_1', 'cost': 0.1, 'price': 3, 'usage': {'total_tokens': 5}}",
                "{'id': 'video_1', 'remain_credits': 2100, 'used_credits': 460}",
                "{'id': 'video_1', 'usage': {'remain_balance': 10.5, 'used_credits': 460}}",
                "{'id': 'video_1', 'credits': -20}",
                "{'id': 'video_1', 'credits': 1e30}",
                "{'id': 'video_1', 'credits': '1E+999999999'}",
                "{'id': 'video_1', 'credits': '1E-999999999'}",
                "{'id': 'video_1', 'credits': 'NaN'}",
                "{'id': 'video_1', 'credits': true}",
                "{'id': 'video_1', 'credits': {'used': 20}}",
                "{'id': 'video_1', 'credits': null}",
            })
    void whatIsNoChargeIsNotRead(String answer) {
        assertThat(read(answer).chargedCredits()).isNull();
    }

    private static VideoTask read(String answer) {
        return Json.readObject(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .flatMap(json -> TaskReader.read(json, BaseUrl.parse("https://toapis.com")))
                .orElseThrow();
    }
}
