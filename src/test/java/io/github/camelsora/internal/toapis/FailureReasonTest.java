package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a task failed is found where gateways say it, in an answer to a question as in a webhook. */
class FailureReasonTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'error':{'code':'','message':''},'fail_reason':'content policy'",
                "'error':{'code':'x','detail':'content policy'}",
                "'error':{},'fail_reason':'content policy'",
                "'error':null,'failReason':'content policy'",
                "'error_message':'content policy'",
                "'failure_reason':'content policy'",
                "'error':{'message':'success'},'message':'content policy'",
                "'errors':[{'message':'content policy'}]",
                "'error':'{\\\"error\\\":{\\\"message\\\":\\\"content policy\\\"}}'",
                "'fail_reason':'','data':{'id':'up_1','status':'failed','error':{'message':'content policy'}}",
                "'result':{'error':'content policy'}",
                "'message':'content policy'",
            })
    void theReasonOfAFailedTaskIsFoundWhereItStands(String fields) {
        VideoTask asked = read("{'id':'t','status':'failed'," + fields + "}");
        VideoTask pushed =
                pushed("{'type':'generation.failed','data':{'task_id':'t','status':'FAILURE'," + fields + "}}");

        assertThat(asked.errorMessage()).isEqualTo("content policy");
        assertThat(pushed.errorMessage()).isEqualTo("content policy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'error_code':'content_policy','error_message':'m'            | content_policy",
                "'code':'content_policy','message':'m'                       | content_policy",
                "'code':0,'message':'m'                                      |",
                "'code':'success','fail_reason':'m'                          |",
                "'type':'video','error':{'message':'m'}                      |",
                "'error':{'code':500,'message':'{\\\"code\\\":\\\"x\\\",\\\"message\\\":\\\"m\\\"}'} | x",
            })
    void theCodeOfAFailedTaskIsOneOfItsFailure(String fields, String code) {
        VideoTask task = read("{'id':'t','status':'failed'," + fields + "}");

        assertThat(task.errorCode()).isEqualTo(code);
        assertThat(task.errorMessage()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':'success','message':'','data':{'task_id':'t','status':'FAILURE','fail_reason':'content policy'}}",
                "{'code':'fail','message':'content policy','data':{'task_id':'t','status':'FAILURE','fail_reason':''}}",
            })
    void theEnvelopeSaysItWhereTheTaskDoesNot(String answer) {
        assertThat(read(answer).errorMessage()).isEqualTo("content policy");
    }

    private static VideoTask read(String answer) {
        return TaskReader.read(Json.readObject(bytes(answer)).orElseThrow(), BASE)
                .orElseThrow();
    }

    private static VideoTask pushed(String event) {
        return WebhookEvent.read(bytes(event), BASE).orElseThrow().task();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
