import com.sun.tools.attach.VirtualMachine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Gives a command to the bean SoraOperator of a JVM on this machine: java Sora.java PID ACTION [NAME=VALUE]... The JVM needs no
 * options for that, but camel-management. The names are those of the script sora beside this file.
 */
public class Sora {
    private static final List<String> ATTRIBUTES =
            List.of("Node", "TaskCounts", "Pauses", "SpendLimits", "QueuedSubmits", "LastLedgerError");

    private static final List<String> ON_A_KEY = List.of("account", "key", "actor", "reason");

    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry("list", List.of("filter")),
            Map.entry("get", List.of("account", "key")),
            Map.entry("history", List.of("account", "key")),
            Map.entry("lineage", List.of("account", "key")),
            Map.entry("retry", ON_A_KEY),
            Map.entry("release", ON_A_KEY),
            Map.entry("setAside", ON_A_KEY),
            Map.entry("forget", ON_A_KEY),
            Map.entry("cancel", ON_A_KEY),
            Map.entry("adopt", List.of("account", "key", "task", "actor", "reason")),
            Map.entry("erase", List.of("account", "correlation", "actor", "reason")),
            Map.entry("pauseAccount", List.of("account", "actor", "reason")),
            Map.entry("resumeAccount", List.of("account", "actor", "reason")),
            Map.entry("preview", List.of("action", "filter")),
            Map.entry("act", List.of("action", "token", "actor", "reason")));

    public static void main(String[] arguments) throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("action", arguments[1]);
        for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
            String[] nameAndValue = argument.split("=", 2);
            values.put(nameAndValue[0], nameAndValue[1]);
        }
        VirtualMachine jvm = VirtualMachine.attach(arguments[0]);
        String address = jvm.startLocalManagementAgent();
        jvm.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection jmx = connector.getMBeanServerConnection();
            call(jmx, operator(jmx), values);
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println("FAILED: " + cause.getMessage());
            System.exit(1);
        }
    }

    private static ObjectName operator(MBeanServerConnection jmx) throws Exception {
        Set<ObjectName> found = jmx.queryNames(
                new ObjectName(System.getenv().getOrDefault(
                        "SORA_BEAN", "org.apache.camel:type=services,name=SoraOperator*,*")),
                null);
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "This JVM has no bean SoraOperator: it does not use camel-sora, or it lacks camel-management"
                            : "Set SORA_BEAN to one of " + found);
        }
        return found.iterator().next();
    }

    private static void call(MBeanServerConnection jmx, ObjectName operator, Map<String, String> values)
            throws Exception {
        String action = values.get("action");
        if (action.equals("accounts")) {
            for (String attribute : ATTRIBUTES) {
                Object value = jmx.getAttribute(operator, attribute);
                System.out.println(
                        attribute + ": " + (value instanceof Object[] lines ? Arrays.toString(lines) : value));
            }
            return;
        }
        String operation = operation(action, values);
        List<String> parameters = PARAMETERS.get(operation);
        if (parameters == null) {
            throw new IllegalArgumentException("Not an action: " + action);
        }
        Object[] given =
                parameters.stream().map(name -> values.getOrDefault(name, "")).toArray();
        String[] types = new String[given.length];
        Arrays.fill(types, String.class.getName());
        Object answer = jmx.invoke(operator, operation, given, types);
        System.out.println(answer == null ? "Done: " + action : answer);
    }

    private static String operation(String action, Map<String, String> values) {
        if (action.equals("pause") || action.equals("resume")) {
            return action + "Account";
        }
        boolean isForMany = action.equals("erase")
                || !action.equals("cancel") && ON_A_KEY.equals(PARAMETERS.get(action));
        if (!isForMany || values.containsKey("key") || values.containsKey("correlation")) {
            return action;
        }
        return values.containsKey("token") ? "act" : "preview";
    }
}
