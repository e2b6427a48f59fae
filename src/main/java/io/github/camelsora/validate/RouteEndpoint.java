package io.github.camelsora.validate;

import io.github.camelsora.internal.camel.EndpointUse;
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
        FROM(EndpointUse.FROM, false),
        POLL(EndpointUse.POLL, true),
        TO(EndpointUse.TO, false),
        TO_DYNAMIC(EndpointUse.TO, true);

        private final EndpointUse use;
        private final boolean isDynamic;

        Use(EndpointUse use, boolean isDynamic) {
            this.use = use;
            this.isDynamic = isDynamic;
        }

        EndpointUse asEndpointUse() {
            return use;
        }

        boolean isConsumer() {
            return use != EndpointUse.TO;
        }

        /** Whether the URI is evaluated for each message. */
        boolean isDynamic() {
            return isDynamic;
        }
    }
}
