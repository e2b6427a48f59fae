package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.metrics.Figures;
import io.github.camelsora.internal.metrics.LedgerFigures;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitService;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * The figures of a runtime, for gauges.
 *
 * @param services the services that this JVM uses now
 */
record RuntimeFigures(
        SubmitService submits,
        AccountPauses pauses,
        Supplier<Collection<ServiceProfile>> services,
        LedgerFigures ledger)
        implements Figures {
    @Override
    public void watch(String account) {
        ledger.watch(account);
    }

    @Override
    public double queued(String account) {
        return submits.queued(account);
    }

    @Override
    public double pauses(String account, AccountPause.Cause cause) {
        return services.get().stream()
                .filter(service -> service.account().equals(account))
                .flatMap(service -> pauses.allOf(service).stream())
                .distinct()
                .filter(pause -> pause.cause() == cause)
                .count();
    }

    @Override
    public double open(String account, TaskState state) {
        return ledger.open(account, state);
    }

    @Override
    public double oldestUndelivered(String account) {
        return ledger.oldestUndelivered(account);
    }
}
