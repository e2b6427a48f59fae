package io.github.camelsora.docs;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Starts camel-main with the routes of a file, and stops it. Runs in a class loader of its own, see {@link RouteModules}. */
public final class RouteStarter {
    private RouteStarter() {}

    public static void start(String file, Map<String, String> properties) throws Exception {
        Main main = new Main();
        // The default one runs when the JVM ends, and the class loader is closed by then.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        try {
            main.configure().withRoutesIncludePattern("file:" + file);
            // With this profile Camel 4.22 rejects secrets in plain text.
            main.addInitialProperty("camel.main.profile", "prod");
            main.addInitialProperty("camel.component.sora.api-key", "{{env:TOAPIS_API_KEY:none}}");
            main.addInitialProperty("camel.component.sora.base-url", "http://127.0.0.1:1");
            main.addInitialProperty("sora.csv.directory", "target/no-prompts");
            properties.forEach(main::addInitialProperty);
            if (hasJms()) {
                main.bind("broker", noBroker());
            }
            main.start();
        } finally {
            main.stop();
        }
    }

    private static boolean hasJms() {
        return RouteStarter.class.getClassLoader().getResource("jakarta/jms/ConnectionFactory.class") != null;
    }

    private static Object noBroker() throws ClassNotFoundException {
        Class<?> factory = Class.forName("jakarta.jms.ConnectionFactory");
        return Proxy.newProxyInstance(
                factory.getClassLoader(), new Class<?>[] {factory}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals")
                                ? proxy == arguments[0]
                                : method.getName().hashCode();
                    }
                    throw new UnsupportedOperationException("There is no broker here");
                });
    }
}
