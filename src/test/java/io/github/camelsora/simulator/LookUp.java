package io.github.camelsora.simulator;

/** What the service makes of {@code client_business_id}, which its documentation does not promise for remixes. */
public enum LookUp {
    /** The id is accepted, and the status path answers to it as it does to a task id. */
    ON,
    /** The id is accepted and forgotten: asking for it is asking for a task that does not exist. */
    OFF,
    /** A submit that carries the id is refused with 400 and a message that names the field. */
    REJECT
}
