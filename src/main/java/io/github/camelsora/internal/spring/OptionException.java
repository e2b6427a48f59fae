package io.github.camelsora.internal.spring;

/** A property below {@code camel.component.sora} is invalid. It ends the start of the application. */
final class OptionException extends IllegalArgumentException {
    private final String action;

    OptionException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What the user should do. */
    String action() {
        return action;
    }
}
