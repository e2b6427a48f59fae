package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.LedgerPauses;
import java.util.ArrayList;
import java.util.List;

/** The pauses of accounts in a ledger in memory. Thread-safe. */
final class PauseList implements LedgerPauses {
    private final List<AccountPause> pauses = new ArrayList<>();

    @Override
    public synchronized List<AccountPause> findAll() {
        return List.copyOf(pauses);
    }

    @Override
    public synchronized boolean add(AccountPause pause) {
        return pauses.stream().noneMatch(pause::isInPlaceOf) && pauses.add(pause);
    }

    @Override
    public synchronized boolean remove(AccountPause pause) {
        return pauses.removeIf(
                other -> pause.isInPlaceOf(other) && pause.pausedAt().equals(other.pausedAt()));
    }
}
