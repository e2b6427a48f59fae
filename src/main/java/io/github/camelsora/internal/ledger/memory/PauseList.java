package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.AccountPause;
import java.util.ArrayList;
import java.util.List;

/** The pauses of accounts in a ledger in memory. Thread-safe. */
final class PauseList {
    private final List<AccountPause> pauses = new ArrayList<>();

    synchronized List<AccountPause> all() {
        return List.copyOf(pauses);
    }

    synchronized boolean add(AccountPause pause) {
        return pauses.stream().noneMatch(pause::isInPlaceOf) && pauses.add(pause);
    }

    synchronized boolean remove(AccountPause pause) {
        return pauses.removeIf(
                other -> pause.isInPlaceOf(other) && pause.pausedAt().equals(other.pausedAt()));
    }
}
