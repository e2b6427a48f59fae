package io.github.camelsora.simulator;

import java.util.HashMap;
import java.util.Map;

/** Somebody who pays: credits shared by all of the account's keys. */
final class Account {

    private final String name;
    private final Map<String, Long> usedByKey = new HashMap<>();
    private long remaining;
    private long used;

    Account(String name, long credits) {
        this.name = name;
        this.remaining = credits;
    }

    String name() {
        return name;
    }

    /** Takes the price off this account, or leaves it as it is and says false. */
    synchronized boolean charge(String key, long price) {
        if (remaining != ToApisSimulator.UNLIMITED) {
            if (remaining < price) {
                return false;
            }
            remaining -= price;
        }
        used += price;
        usedByKey.merge(key, price, Long::sum);
        return true;
    }

    synchronized void refill(long credits) {
        remaining = credits;
    }

    synchronized long remaining() {
        return remaining;
    }

    synchronized long used() {
        return used;
    }

    synchronized long usedBy(String key) {
        return usedByKey.getOrDefault(key, 0L);
    }
}
