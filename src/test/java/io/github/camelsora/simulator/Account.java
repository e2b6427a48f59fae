package io.github.camelsora.simulator;

import java.util.HashMap;
import java.util.Map;

/** An account: credits that all of its keys share. */
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

    /** Charges the price and returns true; returns false and charges nothing if too few credits remain. */
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
