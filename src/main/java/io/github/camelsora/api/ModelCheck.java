package io.github.camelsora.api;

/**
 * What happens with a model that is not in the service's list of those that the account may use: the values of the option {@code
 * modelCheck}, which users write in any case.
 */
public enum ModelCheck {
    /** The list is not queried. */
    OFF,
    /** A warning names the model, once, and its submits are sent. */
    WARN,
    /** Submits for the model are refused before they are sent. */
    REFUSE
}
