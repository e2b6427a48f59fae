package io.github.camelsora.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that connects to a host other than loopback: a remix costs money, and a test must not be able to pay for one.
 *
 * <p>JUnit registers this extension automatically ({@code META-INF/services}), for each test. It replaces the default
 * {@link ProxySelector}, which the JDK calls before each connection of a {@link java.net.Socket} (camel-http, JDBC drivers)
 * and of {@code java.net.http}. The connection is rejected before a byte is sent, and recorded, so that the test fails even
 * if the code under test swallows the exception. Names are not resolved by DNS either: surefire gives the JVM
 * {@code src/test/hosts} instead. Not covered are a {@code SocketChannel} with a literal address, and child JVMs that are
 * started without these two settings.
 */
public final class LoopbackOnly implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final BlockingQueue<String> REFUSED = new LinkedBlockingQueue<>();

    static {
        ProxySelector.setDefault(new Guard());
    }

    /** The connections that were rejected since the last call. They no longer fail a test. */
    static List<String> takeRefused() {
        List<String> refused = new ArrayList<>();
        REFUSED.drainTo(refused);
        return refused;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        failIfRefused("before " + context.getDisplayName());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        failIfRefused(context.getDisplayName());
    }

    // Background threads may outlive their test, so this is checked once more after the class.
    @Override
    public void afterAll(ExtensionContext context) {
        failIfRefused(context.getDisplayName());
    }

    private static void failIfRefused(String where) {
        List<String> refused = takeRefused();
        if (!refused.isEmpty()) {
            throw new AssertionError("Tests connect to loopback only; rejected in " + where + ": " + refused);
        }
    }

    private static final class Guard extends ProxySelector {

        @Override
        public List<Proxy> select(URI uri) {
            // JDK 17 escapes the brackets of an IPv6 literal, and getHost() is null then.
            String authority = uri.getAuthority();
            String host = uri.getHost() != null ? uri.getHost() : authority.substring(0, authority.lastIndexOf(':'));
            if (!staysHere(host)) {
                REFUSED.add(uri + " by thread " + Thread.currentThread().getName());
                throw new IllegalStateException("Tests connect to loopback only, not to " + uri);
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // There is no proxy to remove.
        }

        private static boolean staysHere(String host) {
            try {
                InetAddress address = InetAddress.getByName(host);
                return address.isLoopbackAddress() || address.isAnyLocalAddress();
            } catch (UnknownHostException e) {
                return true;
            }
        }
    }
}
