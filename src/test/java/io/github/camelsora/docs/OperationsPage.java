package io.github.camelsora.docs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page for operators: its commands, by the section that shows them. */
final class OperationsPage {
    static final Path PATH = Path.of("src/main/docs/sora-operations.adoc");

    private static final Pattern SECTION = Pattern.compile("(?ms)^==+ ([^\n]+)\n(.*?)(?=^==+ |\\z)");

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private OperationsPage() {}

    static Page page() {
        return Page.at(PATH);
    }

    /** The text of a section, without its subsections. */
    static String section(String title) {
        return sections().get(title);
    }

    /** What stands in the first cells of a section's table. */
    static List<String> firstCells(String title) {
        return FIRST_CELL
                .matcher(section(title))
                .results()
                .map(cell -> cell.group(1))
                .toList();
    }

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(page().text());
        while (section.find()) {
            sections.put(section.group(1), section.group(2));
        }
        return sections;
    }

    /** The sections that have commands, with their blocks. */
    static Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        sections().forEach((title, text) -> {
            List<String> blocks = blocks(text);
            if (!blocks.isEmpty()) {
                commands.put(title, blocks);
            }
        });
        return commands;
    }

    /** The blocks in which a program is called. */
    static List<String> commands(String program) {
        return blocks(page().text()).stream()
                .filter(block -> block.contains(program))
                .toList();
    }

    private static List<String> blocks(String text) {
        return new Page(PATH, text)
                .blocks().stream()
                        .filter(block -> block.language().equals("shell"))
                        .map(Page.Block::content)
                        .toList();
    }
}
