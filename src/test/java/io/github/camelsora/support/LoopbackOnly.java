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
 * Fails the test that talks to a host beyond loopback: a remix costs money, and a test must not be able to buy one.
 *
 * <p>JUnit finds this extension by itself ({@code META-INF/services}), so no test can forget it. It works through the
 * default {@link ProxySelector}, which the JDK asks before each connection of a {@link java.net.Socket} (camel-http,
 * JDBC drivers) and of {@code java.net.http}: the attempt is refused before a byte is sent, and noted down, so that it
 * fails the test even where the code under test swallows the refusal. Names are closed off beside it: surefire gives
 * the JVM {@code src/test/hosts} instead of DNS. Not covered: a {@code SocketChannel} opened by hand with a literal
 * address, and child JVMs that are started without these two settings.
 */
public final class LoopbackOnly implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final BlockingQueue<String> REFUSED = new LinkedBlockingQueue<>();

    static {
        ProxySelector.setDefault(new Guard());
    }

    /** What was refused since the last call; the caller answers for it. */
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

    // Background threads may outlive their test, so the class is asked once more.
    @Override
    public void afterAll(ExtensionContext context) {
        failIfRefused(context.getDisplayName());
    }

    private static void failIfRefused(String where) {
        List<String> refused = takeRefused();
        if (!refused.isEmpty()) {
            throw new AssertionError("Tests talk to loopback only; refused in " + where + ": " + refused);
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
                throw new IllegalStateException("Tests talk to loopback only, not to " + uri);
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // Nobody was promised a proxy, so there is none to strike off.
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
