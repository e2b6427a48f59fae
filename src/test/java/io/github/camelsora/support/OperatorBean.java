package io.github.camelsora.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.camel.CamelContext;

/** The operator's bean of a managed context over a real connection of JMX, as JConsole has one. */
public final class OperatorBean implements AutoCloseable {
    private final ObjectName pattern;
    private final JMXConnectorServer server;
    private final JMXConnector connector;
    private final MBeanServerConnection jmx;
    private final ObjectName name;

    /** Connects to the bean of a context that has started; there must be one only. */
    public OperatorBean(CamelContext camel) throws Exception {
        pattern = pattern(camel);
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), null, beansOf(camel));
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        jmx = connector.getMBeanServerConnection();
        Set<ObjectName> names = jmx.queryNames(pattern, null);
        assertThat(names).hasSize(1);
        name = names.iterator().next();
    }

    private static ObjectName pattern(CamelContext camel) throws MalformedObjectNameException {
        return new ObjectName(
                "org.apache.camel:context=" + camel.getManagementName() + ",type=services,name=SoraOperator*");
    }

    private static MBeanServer beansOf(CamelContext camel) {
        return camel.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    /** Calls an operation of the bean of a context within this JVM. */
    public static void callLocally(CamelContext camel, String operation, String... arguments) throws Exception {
        MBeanServer beans = beansOf(camel);
        ObjectName bean = beans.queryNames(pattern(camel), null).iterator().next();
        beans.invoke(bean, operation, arguments, types(arguments));
    }

    /** Calls an operation, all parameters of which are texts. */
    public String call(String operation, String... arguments) throws Exception {
        return (String) jmx.invoke(name, operation, arguments, types(arguments));
    }

    private static String[] types(String... arguments) {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return types;
    }

    /** Reads an attribute. */
    public Object attribute(String attribute) throws Exception {
        return jmx.getAttribute(name, attribute);
    }

    /** What the bean says of its operations. */
    public MBeanOperationInfo[] operations() throws Exception {
        return jmx.getMBeanInfo(name).getOperations();
    }

    /** The beans of this kind that the context has now. */
    public Set<ObjectName> names() throws Exception {
        return jmx.queryNames(pattern, null);
    }

    @Override
    public void close() throws Exception {
        connector.close();
        server.stop();
    }
}
