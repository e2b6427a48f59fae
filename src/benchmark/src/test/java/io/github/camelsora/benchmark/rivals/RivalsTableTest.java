package io.github.camelsora.benchmark.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RivalsTableTest {
    private static final RivalRuns RUNS = new RivalRuns(List.of(books(3, 65.4), books(1, 70), books(1, 65.4)));

    private static RivalBooks books(int paid, double seconds) {
        return new RivalBooks(
                Rivals.ALL.get(0),
                "",
                5,
                Map.of("order-001", paid, "order-002", 1, "order-003", 1),
                Map.of("order-001", 1, "order-002", 2),
                Set.of("order-001", "order-002"),
                Set.of(),
                7,
                1_234,
                new RivalBooks.Faults(1, 1, 1, 2),
                31,
                seconds,
                28,
                false);
    }

    @TempDir
    private Path folder;

    @Test
    void theTableReplacesTheOneInMarkdown() throws Exception {
        Path page = page("Before\n<!-- rivals: START -->\nold\n<!-- rivals: END -->\nafter\n");

        new RivalsTable(List.of(RUNS)).writeMarkdown(page);

        assertThat(page)
                .content()
                .startsWith("Before\n<!-- rivals: START -->\n\nMeasured on 20")
                .contains(".\n\n|  | paid too much | ");
        assertThat(page)
                .content()
                .endsWith(" | 0 (0-2) | 1 | 2 | 1 | 1,234 | 31 | 65 (65-70) s | 28 |\n\n<!-- rivals: END -->\nafter\n");
    }

    @Test
    void theTableReplacesTheOneInAsciiDoc() throws Exception {
        Path page = page("Before\n// rivals: START\nold\n// rivals: END\nafter\n");

        new RivalsTable(List.of(RUNS)).writeAsciiDoc(page);

        assertThat(page).content().startsWith("Before\n// rivals: START\n\n[width");
        assertThat(page)
                .content()
                .endsWith(" | 0 (0-2) | 1 | 2 | 1 | 1,234 | 31 | 65 (65-70) s | 28\n|===\n\n// rivals: END\nafter\n");
    }

    @Test
    void aPageWithoutThePlaceIsNotChanged() throws Exception {
        Path page = page("Nothing\n");

        assertThatThrownBy(() -> new RivalsTable(List.of(RUNS)).writeMarkdown(page))
                .isInstanceOf(IllegalStateException.class);

        assertThat(page).hasContent("Nothing\n");
    }

    private Path page(String text) throws Exception {
        return Files.writeString(folder.resolve("page.txt"), text);
    }
}
