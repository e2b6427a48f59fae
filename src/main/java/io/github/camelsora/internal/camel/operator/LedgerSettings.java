package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.internal.camel.option.EnumOption;

/**
 * The options of {@code sora:ledger}.
 *
 * @param action what it does; null when a header says so
 * @param actor who acts; null when a header says so
 * @param filter which records; null when a header says so, or for all
 * @param limit the most records of a page
 * @param sort what records are sorted by, with a minus for the largest first
 * @param format the format of an export
 */
record LedgerSettings(LedgerAction action, String actor, String filter, int limit, String sort, ExportFormat format) {

    LedgerSettings {
        // Both fail for a wrong value, before any message comes.
        TaskPage.first(limit);
        EnumOption.parse("sort", TaskSort.class, sort.startsWith("-") ? sort.substring(1) : sort);
    }

    static LedgerSettings of(SoraConfiguration options) {
        return new LedgerSettings(
                options.getAction(),
                options.getActor(),
                options.getFilter(),
                options.getLimit(),
                options.getSort(),
                options.getFormat());
    }
}
