package io.github.camelsora.api;

/**
 * What has happened to a task: a change of its state, or an action of an operator.
 *
 * @param change what has happened, to which account and key, from which state to which, when, and by whom
 * @param taskId the service's id of the task; null when it is not known
 * @param operation the operation that was submitted, say {@code remix}
 * @param tag the tag of its delivery; null for none
 * @param origin the video, model, tenant and business process that it belongs to
 * @param price its price in credits, and what the service says that it charged
 */
public record TaskEventInfo(
        HistoryEntry change, String taskId, String operation, String tag, TaskOrigin origin, TaskPrice price) {}
