package sample;

import java.util.List;
import java.util.Optional;
import sample.micro.MicroRow;
import sample.rows.AddedRow;
import sample.rows.CpuRow;
import sample.rows.DownloadRow;
import sample.rows.JarRow;
import sample.rows.KeptRow;
import sample.rows.LedgerRow;
import sample.rows.LoopRow;
import sample.rows.PaceRow;
import sample.rows.PollsRow;
import sample.rows.ScheduleRow;
import sample.rows.TakeOverRow;
import sample.rows.WaitingRow;
import sample.rows.WebhookRow;

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
            new DownloadRow(),
            new LedgerRow(),
            KeptRow.million(),
            KeptRow.tenMillion(),
            new TakeOverRow(),
            new JarRow(),
            new MicroRow());

    private Rows() {}

    static Optional<Row> named(String name) {
        return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
    }
}
