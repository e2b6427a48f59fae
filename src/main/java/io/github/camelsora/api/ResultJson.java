package io.github.camelsora.api;

/** Reads the error code in the JSON of a result without parsing it, since ledgers check it on each write. */
final class ResultJson {
    /** Within a text of the JSON these quotes would be escaped. */
    private static final String RESULT_MISSING = "\"errorCode\":\"result_missing\"";

    /** The last field: the answer of the service, which may contain any field. */
    private static final String RAW = ",\"raw\":";

    private ResultJson() {}

    static boolean isResultMissing(String json) {
        if (json == null) {
            return false;
        }
        int errorCode = json.indexOf(RESULT_MISSING);
        int raw = json.indexOf(RAW);
        return errorCode >= 0 && (raw < 0 || errorCode < raw);
    }
}
