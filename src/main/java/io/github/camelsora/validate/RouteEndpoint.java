package io.github.camelsora.validate;

import java.nio.file.Path;
import java.util.Map;

/**
 * An endpoint that a route names.
 *
 * @param file the file of the route
 * @param line the line of the URI, from 1
 * @param uri the URI; what is known at run time only is a property placeholder in it
 * @param parameters the options that the route names beside the URI
 * @param use what the route does with it
 */
record RouteEndpoint(Path file, int line, String uri, Map<String, String> parameters, Use use) {
    /** What a route does with an endpoint. */
    enum Use {
        /** It begins with the endpoint. */
        FROM,
        /** It polls the endpoint, whose URI it evaluates for each message. */
        POLL,
        /** It sends to the endpoint. */
        TO,
        /** It sends to the endpoint, whose URI it evaluates for each message. */
        TO_DYNAMIC;

        boolean isConsumer() {
            return this == FROM || this == POLL;
        }

        /** Whether the URI is evaluated for each message. */
        boolean isDynamic() {
            return this == TO_DYNAMIC || this == POLL;
        }
    }
}
