package io.github.camelsora.internal.camel;

import java.lang.reflect.Field;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;

/**
 * Tells whether Camel will still notify the completion of an exchange. A unit of work notifies its callbacks once, when the
 * exchange that owns it is done. Other exchanges may share it (branches with shareUnitOfWork, copies made in Java) and may
 * outlive it, say behind a timeout of the multicast. Callbacks that they register afterwards are never notified.
 */
final class ExchangeCompletion {
    /**
     * The field in which a unit of work holds its owner; Camel has no accessor for it. Empty where it cannot be read, say in a
     * native image; then only claimTimeout detects a completion that never comes.
     */
    private static final ClassValue<Optional<Field>> OWNER = new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
            return owner(type);
        }
    };

    private ExchangeCompletion() {}

    /** Tells whether a callback that was registered with an exchange will be notified. */
    static boolean willBeNotified(Exchange exchange, Synchronization callback) {
        // False when a branch that shares the unit of work has handed all callbacks over to a seda queue.
        if (!exchange.getExchangeExtension().containsOnCompletion(callback)) {
            return false;
        }
        UnitOfWork unit = exchange.getUnitOfWork();
        // Inside enrich there is none; the enriched exchange takes over the callbacks.
        return unit == null || !hasEnded(unit);
    }

    private static boolean hasEnded(UnitOfWork unit) {
        Optional<Field> field = OWNER.get(unit.getClass());
        if (field.isEmpty()) {
            return false;
        }
        try {
            Exchange owner = (Exchange) field.get().get(unit);
            // Camel removes the unit of work from its owner when it is done.
            return owner == null || owner.getUnitOfWork() != unit;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static Optional<Field> owner(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            try {
                Field field = each.getDeclaredField("exchange");
                if (field.getType() == Exchange.class) {
                    field.setAccessible(true);
                    return Optional.of(field);
                }
            } catch (NoSuchFieldException e) {
                // The superclass may have it.
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
