package io.github.camelsora.simulator;

/** How the service treats {@code client_business_id}, which is not documented for remixes. */
public enum LookUp {
    /** The id is accepted, and the status path finds the task by it as by the task id. */
    ON,
    /** The id is accepted and ignored: a status query by it finds no task. */
    OFF,
    /** A submit with the id is rejected with 400 and a message that names the field. */
    REJECT
}
