package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it reached the simulator.
 *
 * @param number counted from 1 in order of arrival
 * @param at when it arrived, by the simulator's clock
 * @param call its kind of call
 * @param method its HTTP method
 * @param target its raw target with the query, neither decoded nor normalised
 * @param path the raw path of that target, without scheme, host and query
 * @param headers its headers; names are case-insensitive
 * @param body its body as UTF-8 text; empty if there was none
 */
public record ReceivedRequest(
        long number,
        Instant at,
        Call call,
        String method,
        String target,
        String path,
        Map<String, List<String>> headers,
        String body) {

    /**
     * Finds the first value of a header.
     *
     * @param name the name, case-insensitive
     * @return the value, or empty if the request does not have the header
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    /**
     * Reads the body as JSON.
     *
     * @return the body's root
     * @throws IllegalArgumentException if the body is not JSON
     */
    public JsonNode json() {
        return Json.read(body);
    }
}
