package io.github.camelsora.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.toapis.AnswerRules;

/** Searches for answers of the service that are misread, or fail to be read. */
class AnswerFuzz {
    private static final int[] STATUS = {200, 202, 301, 400, 402, 403, 404, 409, 422, 429, 500, 503};

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void anAnswerBreaksNoRule(byte[] data) {
        byte[] body = new byte[Math.max(0, data.length - 1)];
        System.arraycopy(data, Math.min(1, data.length), body, 0, body.length);
        AnswerRules.check(STATUS[data.length == 0 ? 0 : (data[0] & 0xff) % STATUS.length], body);
    }
}
