package io.github.camelsora.benchmark;

import io.github.camelsora.benchmark.micro.MicroRow;
import io.github.camelsora.benchmark.rivals.RivalsRow;
import io.github.camelsora.benchmark.rows.AddedRow;
import io.github.camelsora.benchmark.rows.CpuRow;
import io.github.camelsora.benchmark.rows.DownloadRow;
import io.github.camelsora.benchmark.rows.JarRow;
import io.github.camelsora.benchmark.rows.KeptRow;
import io.github.camelsora.benchmark.rows.LedgerRow;
import io.github.camelsora.benchmark.rows.LoopRow;
import io.github.camelsora.benchmark.rows.ObservabilityRow;
import io.github.camelsora.benchmark.rows.PaceRow;
import io.github.camelsora.benchmark.rows.PollsRow;
import io.github.camelsora.benchmark.rows.ScheduleRow;
import io.github.camelsora.benchmark.rows.SpendRow;
import io.github.camelsora.benchmark.rows.TakeOverRow;
import io.github.camelsora.benchmark.rows.WaitingRow;
import io.github.camelsora.benchmark.rows.WebhookRow;
import java.util.List;
import java.util.Optional;

/** All there is to measure, in the order of the table. */
final class Rows {
    static final List<Row> ALL = List.of(
            new WaitingRow(),
            new PaceRow(),
            new ScheduleRow(),
            new PollsRow(),
            new LoopRow(),
            new WebhookRow(),
            new CpuRow(),
            new AddedRow(),
            new ObservabilityRow(),
            new DownloadRow(),
            new LedgerRow(),
            new SpendRow(),
            KeptRow.million(),
            KeptRow.tenMillion(),
            new TakeOverRow(),
            new RivalsRow(),
            new JarRow(),
            new MicroRow());

    private Rows() {}

    static Optional<Row> named(String name) {
        return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
    }
}
