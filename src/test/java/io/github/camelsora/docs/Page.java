package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, in Markdown or AsciiDoc, with what a test wants to find in it. */
record Page(Path path, String text) {
    static final Path README = Path.of("README.md");
    static final Path COMPONENT = Path.of("src/main/docs/sora-component.adoc");

    private static final Pattern MARKDOWN_BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ASCIIDOC_BLOCK = Pattern.compile("(?ms)^\\[source,(\\w+)\\]\\n----\\n(.*?)^----$");

    /** A block of code. */
    record Block(String language, String content) {}

    static Page at(Path path) {
        return new Page(path, Snippets.read(path));
    }

    private boolean isMarkdown() {
        return path.toString().endsWith(".md");
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = (isMarkdown() ? MARKDOWN_BLOCK : ASCIIDOC_BLOCK).matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** What stands between the comments {@code name: START} and {@code name: END}. */
    String region(String name) {
        return text.substring(begin(name), end(name)).strip();
    }

    /** Writes another content between the two comments. */
    void write(String name, String content) throws IOException {
        Files.writeString(path, text.substring(0, begin(name)) + "\n\n" + content + "\n\n" + text.substring(end(name)));
    }

    private int begin(String name) {
        String begin = comment(name + ": START");
        int at = text.indexOf(begin);
        assertThat(at).as("where %s says '%s'", path, begin).isNotNegative();
        return at + begin.length();
    }

    private int end(String name) {
        String end = comment(name + ": END");
        int at = text.indexOf(end);
        assertThat(at).as("where %s says '%s'", path, end).isGreaterThan(begin(name));
        return at;
    }

    private String comment(String words) {
        return isMarkdown() ? "<!-- " + words + " -->" : "// " + words;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
