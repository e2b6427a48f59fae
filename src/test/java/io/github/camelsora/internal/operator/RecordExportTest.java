package io.github.camelsora.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.toapis.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordExportTest {

    private static String csvOf(TaskRecord... records) {
        return RecordExport.write(List.of(records), ExportFormat.csv);
    }

    @Test
    void withoutRecordsACsvHasTheNamesOnly() {
        assertThat(csvOf())
                .isEqualTo("account,key,state,operation,taskId,sourceId,model,tag,tenant,correlationId,credits,charged,"
                        + "createdAt,acceptedAt,endedAt,deliveredAt,expiresAt,deliveries,owner,version,wireKey\r\n");
        assertThat(RecordExport.write(List.of(), ExportFormat.jsonl)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u00b4',
            delimiter = '|',
            value = {
                "order-1      | order-1",
                "a,b          | \"a,b\"",
                "say \"yes\"  | \"say \"\"yes\"\"\"",
                "=1+1         | '=1+1",
                "+49          | '+49",
                "-1           | '-1",
                "@sum         | '@sum",
                "=\"x\"       | \"'=\"\"x\"\"\"",
            })
    void aCellIsQuotedAndNoFormula(String key, String cell) {
        assertThat(csvOf(LedgerRecords.intent("default", key))).contains("\r\ndefault," + cell + ",INTENT,");
    }

    @Test
    void numbersAndTimesAreWrittenPlain() {
        TaskRecord record = LedgerRecords.priced("key-1", "blue", 2000, LedgerRecords.NOON);

        assertThat(csvOf(record)).contains(",2000,,2026-01-14T12:00:00Z,");
        assertThat(Json.readMap(RecordExport.write(List.of(record), ExportFormat.jsonl))
                        .orElseThrow())
                .containsEntry("createdAt", "2026-01-14T12:00:00Z")
                .containsEntry("tenant", "blue")
                .containsEntry("deliveries", 0);
        assertThat(new BigDecimal(RecordExport.fields(record).get("credits").toString()))
                .isEqualByComparingTo("2000");
    }

    @Test
    void neitherTheRequestNorTheResultIsWritten() {
        TaskRecord record = LedgerRecords.step(LedgerRecords.running("default", "key-1", "video_1"), TaskState.ENDED);

        assertThat(RecordExport.fields(record)).doesNotContainKeys("request", "result", "carriedHeaders");
    }
}
