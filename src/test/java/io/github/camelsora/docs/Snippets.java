package io.github.camelsora.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The files that the blocks of the documentation are copies of. A {@code .yaml} file is loaded as it is; a {@code .java}
 * file is the inside of {@code RouteBuilder.configure()}.
 */
final class Snippets {
    /** The tables of the ledger, as every ledger on disk has them. */
    static final Path SCHEMA = Path.of("src/main/resources/io/github/camelsora/ledger/1.sql");

    private static final Path FOLDER = Path.of("src/test/resources/io/github/camelsora/docs");

    private Snippets() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void load(CamelContext camel, Path route) throws Exception {
        load(camel, route, read(route));
    }

    /** Loads a snippet that stores its videos in another directory than the one that readers see, and reads orders beside it. */
    static void load(CamelContext camel, Path route, Path videos) throws Exception {
        load(
                camel,
                route,
                read(route)
                        .replaceAll("directory(=|: )videos", "directory$1" + videos)
                        .replace("file:orders", "file:" + videos.resolveSibling("orders")));
    }

    private static void load(CamelContext camel, Path route, String content) throws Exception {
        if (route.toString().endsWith(".java")) {
            RoutesBuilder routes = compile(content);
            camel.addRoutes(routes);
            camel.addTemplatedRoutes(routes);
        } else {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(route.toString(), content));
        }
    }

    private static RoutesBuilder compile(String configure) throws Exception {
        String source = "import static io.github.camelsora.SoraEndpointBuilder.sora;\n"
                + "import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;\n"
                + "import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;\n"
                + "import io.github.camelsora.SoraComponent;\n"
                + "import io.github.camelsora.api.*;\n"
                + "import java.io.InputStream;\n"
                + "import java.nio.charset.StandardCharsets;\n"
                + "import java.time.Duration;\n"
                + "import javax.sql.DataSource;\n"
                + "import org.apache.camel.catalog.*;\n"
                + "public class Snippet extends org.apache.camel.builder.RouteBuilder {\n"
                + "public void configure() throws Exception {\n" + configure + "}}\n";
        Path folder = Files.createTempDirectory(Path.of("target"), "snippet");
        Path file = Files.writeString(folder.resolve("Snippet.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failures = compiler.run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString());
        if (failures > 0) {
            throw new AssertionError("This does not compile:\n" + source);
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, Snippets.class.getClassLoader())) {
            return (RoutesBuilder)
                    loader.loadClass("Snippet").getDeclaredConstructor().newInstance();
        }
    }
}
