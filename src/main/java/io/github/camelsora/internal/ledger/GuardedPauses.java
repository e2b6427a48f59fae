package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.LedgerPauses;
import java.util.List;

/**
 * The pauses in a ledger whose code is not ours, under the guard of {@link GuardedLedger}.
 *
 * @param pauses the ledger's own
 * @param guard what each call is made through
 */
record GuardedPauses(LedgerPauses pauses, LedgerGuard guard) implements LedgerPauses {
    @Override
    public List<AccountPause> findAll() {
        return guard.call("find the pauses of accounts", pauses::findAll);
    }

    @Override
    public boolean add(AccountPause pause) {
        return guard.call("pause account " + pause.account(), () -> pauses.add(pause));
    }

    @Override
    public boolean remove(AccountPause pause) {
        return guard.call("resume account " + pause.account(), () -> pauses.remove(pause));
    }
}
