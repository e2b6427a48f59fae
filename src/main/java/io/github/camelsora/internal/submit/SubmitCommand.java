package io.github.camelsora.internal.submit;

import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.toapis.SubmitRequest;

/**
 * A submit as a route asks for it.
 *
 * @param ref who pays, and the key
 * @param operation what is asked for, say {@code remix}
 * @param request what to make
 * @param service whom to ask
 * @param label what the route sticks on the task
 * @param tenant on whose behalf, among those who take turns; empty for nobody in particular
 * @param isNewKey whether the key was made for this call, so that nothing was ever sent under it
 */
public record SubmitCommand(
        TaskKey key,
        String operation,
        SubmitRequest request,
        ServiceProfile service,
        TaskLabels labels,
        String tenant,
        boolean isNewKey) {

    /** Tells whether another one under the same key asks for the same, of the same service. */
    boolean isSameRequestAs(SubmitCommand other) {
        return operation.equals(other.operation)
                && service.baseUrl().equals(other.service.baseUrl())
                && request.isWrittenAs(other.request.toJson());
    }
}
