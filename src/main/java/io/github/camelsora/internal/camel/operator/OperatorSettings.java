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
public record OperatorSettings(
        LedgerAction action, String actor, String filter, int limit, String sort, ExportFormat format) {

    public OperatorSettings {
        if (limit < 1 || limit > TaskPage.LARGEST) {
            throw new IllegalArgumentException("limit must be from 1 to " + TaskPage.LARGEST + ", not " + limit);
        }
        page(0, limit, sort);
    }

    public static OperatorSettings of(SoraConfiguration options) {
        return new OperatorSettings(
                options.getAction(),
                options.getActor(),
                options.getFilter(),
                options.getLimit(),
                options.getSort(),
                options.getFormat());
    }

    /**
     * A page of records.
     *
     * @param sort what they are sorted by, with a minus for the largest first
     */
    static TaskPage page(int offset, int limit, String sort) {
        boolean isDescending = sort.startsWith("-");
        TaskSort by = EnumOption.parse("sort", TaskSort.class, isDescending ? sort.substring(1) : sort);
        return new TaskPage(offset, limit, by, isDescending);
    }
}
