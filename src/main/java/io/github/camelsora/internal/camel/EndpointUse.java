package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraOperation;
import java.util.Optional;

/**
 * How a route uses an endpoint. This is the one place that says which operations can be used so: endpoints reject by it what they
 * cannot create, and the check of routes in a build reports the same sentence.
 */
public enum EndpointUse {
    /** It begins with the endpoint, by {@code from()}. */
    FROM {
        @Override
        public Optional<String> problem(SoraOperation operation) {
            return operation.isConsumer()
                    ? Optional.empty()
                    : Optional.of("'" + operation
                            + "' works on messages that a route sends to it, so it is used in to(), not in from()");
        }
    },
    /** It sends to the endpoint, for example by {@code to()}, {@code toD()}, {@code wireTap()} or {@code enrich()}. */
    TO {
        @Override
        public Optional<String> problem(SoraOperation operation) {
            return operation.isConsumer()
                    ? Optional.of("'" + operation + "' receives, so it is used in from(), not in to()")
                    : Optional.empty();
        }
    },
    /** It polls the endpoint, by {@code pollEnrich()} or {@code poll()}; a {@code ConsumerTemplate} does the same. */
    POLL {
        @Override
        public Optional<String> problem(SoraOperation operation) {
            return switch (operation) {
                case tasks -> Optional.empty();
                case webhook ->
                    Optional.of(
                            "'webhook' is a server that receives events when they come, so it is used in from(), not"
                                    + " in pollEnrich() or by a ConsumerTemplate; 'tasks' can be polled for what has ended");
                case remix, extend, generate, status, await, download, balance, models, ledger ->
                    Optional.of("'" + operation
                            + "' works on messages that a route sends to it, so it is used in to() or enrich(), not in"
                            + " pollEnrich() or by a ConsumerTemplate");
            };
        }
    };

    /** Why an operation cannot be used so, as a sentence; empty if it can. */
    public abstract Optional<String> problem(SoraOperation operation);

    /** The exception with this sentence, for an endpoint that cannot be used so. */
    public IllegalArgumentException rejected(SoraOperation operation) {
        return new IllegalArgumentException(problem(operation).orElseThrow());
    }
}
