package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules that the comment of a YAML file names: {@code # Modules: camel-direct, camel-quartz.} */
final class RouteModules {
    private static final Pattern MODULES = Pattern.compile("(?m)^# Modules: (.+)\\.$");

    private RouteModules() {}

    static List<String> of(Path route) {
        Matcher modules = MODULES.matcher(Snippets.read(route));
        return modules.find() ? Arrays.asList(modules.group(1).split(", ")) : List.of();
    }

    /** Starts a route with exactly these modules, and without each of them. */
    static void assertNeeded(Path route, List<String> modules, Map<String, String> properties) throws Exception {
        assertThat(failure(route, modules, properties)).isEmpty();
        assertThat(modules).isNotEmpty().allSatisfy(module -> {
            List<String> others =
                    modules.stream().filter(other -> !other.equals(module)).toList();
            assertThat(failure(route, others, properties)).isPresent();
        });
    }

    /** Starts a route with exactly these modules. */
    static Optional<Throwable> failure(Path route, List<String> modules, Map<String, String> properties)
            throws Exception {
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = ModulePath.loader(modules)) {
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass(RouteStarter.class.getName())
                    .getMethod("start", String.class, Map.class)
                    .invoke(null, route.toString(), properties);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause());
        } finally {
            Thread.currentThread().setContextClassLoader(mine);
        }
    }
}
