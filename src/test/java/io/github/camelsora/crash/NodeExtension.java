package io.github.camelsora.crash;

import org.apache.camel.CamelContext;

/** What the node of one test has in addition. It is named by its class, because not every Camel has what it needs. */
interface NodeExtension {
    /** The system property with the name of the class. */
    String CLASS = "node.extension";

    /** Adds to a context that has not started. */
    void extend(CamelContext camel, NodeOptions options) throws Exception;

    /** Adds to the context what this JVM is to have in addition, if anything. */
    static void extendThisJvm(CamelContext camel, NodeOptions options) throws Exception {
        String name = System.getProperty(CLASS);
        if (name != null) {
            NodeExtension extension =
                    (NodeExtension) Class.forName(name).getDeclaredConstructor().newInstance();
            extension.extend(camel, options);
        }
    }
}
