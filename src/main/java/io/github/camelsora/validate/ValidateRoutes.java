package io.github.camelsora.validate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks the endpoints of routes in Java, XML and YAML before they run. A build runs it:
 *
 * <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=io.github.camelsora.validate.ValidateRoutes "-Dexec.args=src/main/java src/main/resources"
 * }</pre>
 *
 * <p>It finds a component, an operation or an option that does not exist, a value that cannot work, a required option that is
 * missing, and an endpoint on the wrong side of a route. It knows Camel's components, this one, and the other ones on the class path. A
 * value that only the run time knows (a property placeholder, an expression in {@code toD}, a variable in Java) is not checked.
 * What the catalogue calls wrong although Camel accepts it is not reported.
 *
 * <p>It needs {@code camel-catalog} on the class path, and {@code camel-yaml-dsl} for YAML. Routes in Java need a JDK.
 */
public final class ValidateRoutes {
    private static final String OTHER_NAME = "--component";

    private final PrintStream out;
    private final Map<String, String> otherNames = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Path> properties = new ArrayList<>();
    private int endpoints;
    private int errors;

    private ValidateRoutes(PrintStream out) {
        this.out = out;
    }

    /**
     * Checks routes, and prints each error on a line: the file, the line in it, and what is wrong.
     *
     * @param args files, and folders with all that is in them; {@code --component NAME=SCHEME} for each component that the
     *     application registers under another name
     * @throws IOException if a file cannot be read
     * @throws IllegalStateException if an endpoint is wrong, or if no endpoint was found
     * @throws IllegalArgumentException if an argument is wrong
     */
    public static void main(String... args) throws IOException {
        validate(System.out, args);
    }

    static void validate(PrintStream out, String... args) throws IOException {
        ValidateRoutes run = new ValidateRoutes(out);
        try {
            run.read(args);
            run.check();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(missing(e.getMessage()), e);
        }
        run.end();
    }

    private void read(String... args) throws IOException {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(OTHER_NAME)) {
                String[] names = i + 1 < args.length ? args[++i].split("=") : new String[0];
                if (names.length != 2) {
                    throw new IllegalArgumentException(OTHER_NAME + " wants two names, such as soraEurope=sora");
                }
                otherNames.put(names[0], names[1]);
            } else {
                add(Path.of(args[i]));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There is no file with the ending java, xml, yaml or yml in "
                    + (args.length == 0 ? "no arguments: name files or folders" : String.join(" ", args)));
        }
    }

    private void add(Path start) throws IOException {
        if (!Files.exists(start)) {
            throw new IllegalArgumentException("There is no file or folder " + start);
        }
        try (Stream<Path> found = Files.walk(start)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                if (RouteReader.of(file) != null) {
                    files.add(file);
                } else if (file.toString().endsWith(".properties")) {
                    properties.add(file);
                }
            }
        }
    }

    private void check() throws IOException {
        List<Path> named = new ArrayList<>(files);
        named.addAll(properties);
        EndpointCheck check = new EndpointCheck(otherNames, new BeanNames(named));
        for (Path file : files) {
            check(file, check);
        }
        check.unchecked()
                .forEach(name -> out.println("Not checked: endpoints of " + name
                        + ", which the application registers itself. To check them add --component " + name
                        + "=SCHEME, with the scheme of that component"));
    }

    private void check(Path file, EndpointCheck check) throws IOException {
        try {
            for (RouteEndpoint endpoint : RouteReader.of(file).read(file)) {
                endpoints++;
                check.problems(endpoint).forEach(problem -> error(file, endpoint.line(), problem));
            }
        } catch (RouteSyntaxException e) {
            if (RouteReader.hasRoutes(file)) {
                error(file, e.line(), e.getMessage());
            }
        }
    }

    private void error(Path file, long line, String problem) {
        errors++;
        out.println(file + ":" + line + ": " + problem);
    }

    private void end() {
        String summary = endpoints + " endpoints in " + files.size() + " files were checked, errors: " + errors;
        out.println(summary);
        if (errors > 0) {
            throw new IllegalStateException(summary);
        }
        if (endpoints == 0) {
            throw new IllegalStateException("No endpoint was found, so nothing was checked");
        }
    }

    private static String missing(String type) {
        String module = type.startsWith("org/snakeyaml")
                ? "org.apache.camel:camel-yaml-dsl"
                : type.startsWith("org/apache/camel/catalog") ? "org.apache.camel:camel-catalog" : "with " + type;
        return "Routes cannot be checked: add the dependency " + module;
    }
}
