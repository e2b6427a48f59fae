package io.github.camelsora.validate;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.github.camelsora.validate.RouteEndpoint.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads routes in Java by the compiler of the JDK, which parses them only: nothing needs to be on the class path. The URIs of
 * {@code SoraEndpointBuilder} need no check, the compiler has checked them.
 */
final class JavaRoutes implements RouteReader {
    /** Methods that name an endpoint first, beside those that are called as the steps of XML and YAML. */
    private static final Map<String, Use> OTHER_METHODS = Map.of(
            "fromF", Use.FROM,
            "toF", Use.TO,
            "inOnly", Use.TO,
            "inOut", Use.TO,
            "deadLetterChannel", Use.TO);

    /** Methods of templates, which send to an endpoint; the body comes after it. */
    private static final Set<String> TEMPLATE_METHODS = Set.of(
            "sendBody",
            "sendBodyAndHeader",
            "sendBodyAndHeaders",
            "requestBody",
            "requestBodyAndHeader",
            "requestBodyAndHeaders",
            "asyncSendBody",
            "asyncRequestBody");

    private static final Pattern ROUTES = Pattern.compile("org\\.apache\\.camel|\\bvoid\\s+configure\\(\\s*\\)");
    private static final Pattern URI = Pattern.compile("(?s)[a-zA-Z][\\w+.-]*:\\S.*");

    @Override
    public List<RouteEndpoint> read(Path file) throws IOException {
        // Other files may have methods of these names. A route may have all of Camel from a class of the application.
        if (!ROUTES.matcher(RouteReader.text(file)).find()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("routes in Java need a JDK, not only a JRE");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(problems, Locale.ROOT, RouteReader.charset(file))) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, problems, List.of("-proc:none"), null, files.getJavaFileObjects(file.toFile()));
            CompilationUnitTree unit = task.parse().iterator().next();
            for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
                if (problem.getKind() == Diagnostic.Kind.ERROR) {
                    throw new RouteSyntaxException(
                            problem.getLineNumber(), "This is not Java: " + problem.getMessage(Locale.ROOT));
                }
            }
            Map<String, ExpressionTree> variables = new HashMap<>();
            new Variables(variables).scan(unit, null);
            List<RouteEndpoint> found = new ArrayList<>();
            new Calls(file, unit, Trees.instance(task), new JavaText(variables), found).scan(unit, null);
            return found;
        }
    }

    /** Finds constants and other variables that have one value. */
    private static final class Variables extends TreeScanner<Void, Void> {
        private final Map<String, ExpressionTree> variables;

        Variables(Map<String, ExpressionTree> variables) {
            this.variables = variables;
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            String name = variable.getName().toString();
            // Of two variables with one name, it is not known which one is meant.
            variables.put(name, variables.containsKey(name) ? null : variable.getInitializer());
            return super.visitVariable(variable, nothing);
        }
    }

    /** Finds the calls that name an endpoint. */
    private static final class Calls extends TreeScanner<Void, Void> {
        private final Path file;
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final JavaText text;
        private final List<RouteEndpoint> found;

        Calls(Path file, CompilationUnitTree unit, Trees trees, JavaText text, List<RouteEndpoint> found) {
            this.file = file;
            this.unit = unit;
            this.trees = trees;
            this.text = text;
            this.found = found;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            // What it is called on comes first in the file.
            super.visitMethodInvocation(call, nothing);
            String method = name(call.getMethodSelect());
            List<? extends ExpressionTree> arguments = call.getArguments();
            if (arguments.isEmpty()) {
                return null;
            }
            Use use = STEPS.getOrDefault(method, OTHER_METHODS.get(method));
            if (use != null) {
                // Each argument of to() may be an endpoint; the other arguments of the others are not.
                List<? extends ExpressionTree> uris = method.equals("to") ? arguments : arguments.subList(0, 1);
                uris.forEach(uri -> add(uri, method.endsWith("F"), use));
            } else if (TEMPLATE_METHODS.contains(method) && arguments.size() > 1) {
                add(arguments.get(0), false, Use.TO);
            }
            return null;
        }

        private void add(ExpressionTree argument, boolean isFormat, Use use) {
            String value = text.of(argument);
            if (value == null) {
                return;
            }
            String uri = isFormat ? value.replaceAll("%[-+#, 0-9.$]*[a-zA-Z]", UNKNOWN) : value;
            if (URI.matcher(uri).matches()) {
                long start = trees.getSourcePositions().getStartPosition(unit, argument);
                found.add(new RouteEndpoint(file, (int) unit.getLineMap().getLineNumber(start), uri, Map.of(), use));
            }
        }

        private static String name(ExpressionTree method) {
            if (method instanceof MemberSelectTree selected) {
                return selected.getIdentifier().toString();
            }
            return method instanceof IdentifierTree identifier
                    ? identifier.getName().toString()
                    : "";
        }
    }
}
