package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.internal.service.ServiceProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pauses that stand at one moment. Immutable.
 *
 * @param all the pauses
 */
record StandingPauses(List<AccountPause> all) {
    static final StandingPauses NONE = new StandingPauses(List.of());

    StandingPauses {
        all = List.copyOf(all);
    }

    /** The pause that binds the submits of a service. One under which they fail at once comes first. */
    Optional<AccountPause> of(ServiceProfile service) {
        return allOf(service).stream().min(Comparator.comparing(AccountPause::isByOperator));
    }

    /** The pauses that bind the submits of a service. */
    List<AccountPause> allOf(ServiceProfile service) {
        return all.stream().filter(pause -> AccountPauses.binds(pause, service)).toList();
    }

    Stream<AccountPause> ofAccount(String account) {
        return all.stream().filter(pause -> pause.account().equals(account));
    }

    /** The pause that stands in the place of another one. */
    Optional<AccountPause> inPlaceOf(AccountPause pause) {
        return all.stream().filter(pause::isInPlaceOf).findFirst();
    }

    StandingPauses with(AccountPause pause) {
        return new StandingPauses(Stream.concat(all.stream(), Stream.of(pause)).toList());
    }

    StandingPauses without(AccountPause pause) {
        return new StandingPauses(
                all.stream().filter(other -> !other.equals(pause)).toList());
    }

    /** The accounts that operators have paused. */
    Set<String> heldAccounts() {
        return all.stream()
                .filter(AccountPause::isByOperator)
                .map(AccountPause::account)
                .collect(Collectors.toUnmodifiableSet());
    }
}
