package io.github.camelsora.internal.spring;

/** A property below {@code camel.component.sora} cannot be taken. The start of the application ends with it. */
final class OptionException extends IllegalArgumentException {
    private final String action;

    OptionException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it. */
    String action() {
        return action;
    }
}
