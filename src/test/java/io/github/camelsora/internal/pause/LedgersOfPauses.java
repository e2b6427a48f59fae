package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.TaskLedger;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Ledgers that keep no pauses, or not all. */
final class LedgersOfPauses {
    private LedgersOfPauses() {}

    /** As a user's ledger that was written before there were pauses. */
    static TaskLedger withoutPauses(TaskLedger ledger) {
        return with(Optional.empty(), ledger);
    }

    /** As a database that cannot store the pause of an account. */
    static TaskLedger refusing(TaskLedger ledger, String account) {
        LedgerPauses kept = ledger.pauses().orElseThrow();
        return with(
                Optional.of(new LedgerPauses() {
                    @Override
                    public List<AccountPause> findAll() {
                        return kept.findAll();
                    }

                    @Override
                    public boolean add(AccountPause pause) {
                        if (pause.account().equals(account)) {
                            throw new IllegalStateException("refused by the test");
                        }
                        return kept.add(pause);
                    }

                    @Override
                    public boolean remove(AccountPause pause) {
                        return kept.remove(pause);
                    }
                }),
                ledger);
    }

    private static TaskLedger with(Optional<LedgerPauses> pauses, TaskLedger ledger) {
        return (TaskLedger) Proxy.newProxyInstance(
                TaskLedger.class.getClassLoader(),
                new Class<?>[] {TaskLedger.class},
                (proxy, method, arguments) ->
                        method.getName().equals("pauses") ? pauses : method.invoke(ledger, arguments));
    }
}
