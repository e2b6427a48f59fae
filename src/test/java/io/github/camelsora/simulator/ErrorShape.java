package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The shapes of error bodies. A client must be able to handle each of them. */
public enum ErrorShape {
    /** As documented: {@link #NUMBER} for 401, {@link #WORD} for all other errors. */
    DOCUMENTED {
        @Override
        Answer answer(ApiError error, String message) {
            return (error == ApiError.UNAUTHORIZED ? NUMBER : WORD).answer(error, message);
        }
    },
    /** {@code code} is the HTTP status as a number, and {@code type} says which kind of error it is. */
    NUMBER {
        @Override
        Answer answer(ApiError error, String message) {
            ObjectNode body = Json.object();
            body.putObject("error")
                    .put("code", error.status())
                    .put("message", message)
                    .put("type", error.type());
            return Answer.json(error.status(), body);
        }
    },
    /** {@code code} is a word, and there is no {@code type}. */
    WORD {
        @Override
        Answer answer(ApiError error, String message) {
            ObjectNode body = Json.object();
            body.putObject("error").put("code", error.word()).put("message", message);
            return Answer.json(error.status(), body);
        }
    },
    /**
     * {@code code}, {@code message} and a null {@code data} at the top level, as gateways of the same family write it.
     * Their codes differ, too: 400 {@code task_not_exist} for an unknown task, 403 {@code quota_not_enough} for an empty
     * account.
     */
    FLAT {
        @Override
        Answer answer(ApiError error, String message) {
            return switch (error) {
                case TASK_NOT_FOUND -> flat(400, "task_not_exist", message);
                case INSUFFICIENT_QUOTA -> flat(403, "quota_not_enough", message);
                default -> flat(error.status(), error.word(), message);
            };
        }
    },
    /** The error of an upstream service, as JSON text inside {@code message}. */
    NESTED {
        @Override
        Answer answer(ApiError error, String message) {
            String upstream = WORD.answer(error, message).text();
            ObjectNode body = Json.object();
            body.putObject("error")
                    .put("code", error.status())
                    .put("message", upstream)
                    .put("type", "upstream_error");
            return Answer.json(error.status(), body);
        }
    },
    /** An HTML page of a proxy: only the HTTP status can be read by a program. */
    HTML {
        @Override
        Answer answer(ApiError error, String message) {
            String page = "<html><head><title>%d</title></head><body><h1>%d</h1><hr>proxy</body></html>"
                    .formatted(error.status(), error.status());
            return Answer.text(error.status(), "text/html", page);
        }
    };

    abstract Answer answer(ApiError error, String message);

    private static Answer flat(int status, String word, String message) {
        return Answer.json(
                status, Json.object().put("code", word).put("message", message).putNull("data"));
    }
}
