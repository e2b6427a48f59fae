package io.github.camelsora.internal.download;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Keeps downloads away from private networks (against SSRF). It checks the addresses that a host's name resolves to before a
 * connection is made, and the connection's actual remote address before the first byte of each request, so that DNS rebinding
 * changes nothing. Behind an HTTP proxy the proxy connects, and has to check by itself.
 */
public final class HostGuard {
    private static final String DIRECT = HostGuard.class.getName() + ".direct";

    private HostGuard() {}

    /**
     * Configures a client to send nothing to addresses that are not public.
     *
     * @param builder the builder of the client
     */
    public static void configure(HttpClientBuilder builder) {
        configure(builder, HostGuard::isPublic);
    }

    static void configure(HttpClientBuilder builder, Predicate<InetAddress> isAllowed) {
        builder.addExecInterceptorFirst("sora-route", (request, scope, chain) -> {
            boolean isDirect = scope.route.getProxyHost() == null;
            scope.clientContext.setAttribute(DIRECT, isDirect);
            if (isDirect) {
                checkName(scope.route.getTargetHost().getHostName(), isAllowed);
            }
            return chain.proceed(request, scope);
        });
        builder.setRequestExecutor(new Executor(isAllowed));
    }

    /** Before the connection, so that the way it fails reveals nothing about the private network. */
    private static void checkName(String host, Predicate<InetAddress> isAllowed) throws DownloadRejectedException {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!isAllowed.test(address)) {
                    throw rejected();
                }
            }
        } catch (UnknownHostException e) {
            // The connection fails with this reason, and may be tried again.
        }
    }

    private static DownloadRejectedException rejected() {
        return new DownloadRejectedException(
                "the file host has an address of a private network; if that is intended, set"
                        + " allowPrivateHosts=true");
    }

    private static final class Executor extends HttpRequestExecutor {
        private final Predicate<InetAddress> isAllowed;

        Executor(Predicate<InetAddress> isAllowed) {
            this.isAllowed = isAllowed;
        }

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback callback,
                HttpContext context)
                throws IOException, HttpException {
            if (!Boolean.FALSE.equals(context.getAttribute(DIRECT)) && !isAllowed(connection.getRemoteAddress())) {
                throw rejected();
            }
            return super.execute(request, connection, callback, context);
        }

        private boolean isAllowed(SocketAddress remote) {
            return remote instanceof InetSocketAddress socket
                    && socket.getAddress() != null
                    && isAllowed.test(socket.getAddress());
        }
    }

    /**
     * Tells whether an address belongs to the public internet, by IANA's registries of special addresses (RFC 6890 and its
     * successors).
     *
     * @param address the address
     * @return false for loopback, private, link-local, multicast and reserved ones
     */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : address instanceof Inet6Address && isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean isSpecial = first == 0
                || first == 10
                || first == 127
                || first >= 224
                || first == 100 && second >= 64 && second < 128
                || first == 169 && second == 254
                || first == 172 && second >= 16 && second < 32
                || first == 192 && second == 168
                || first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 192 && second == 88 && third == 99
                || first == 198 && (second == 18 || second == 19)
                || first == 198 && second == 51 && third == 100
                || first == 203 && second == 0 && third == 113;
        return !isSpecial;
    }

    /** Only 2000::/3 is public; some blocks of it are special, and some embed an IPv4 address. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean isNat64 = first == 0x64 && second == 0xff9b && isZero(bytes, 4, 12);
        if (isNat64) {
            return isPublicEmbedded(Arrays.copyOfRange(bytes, 12, 16));
        }
        if ((first & 0xe000) != 0x2000) {
            return false;
        }
        if (first == 0x2002) {
            return isPublicEmbedded(Arrays.copyOfRange(bytes, 2, 6));
        }
        boolean isSpecial = first == 0x2001 && second < 0x200
                || first == 0x2001 && second == 0xdb8
                || first == 0x3fff && second < 0x1000;
        return !isSpecial;
    }

    private static boolean isPublicEmbedded(byte[] bytes) {
        try {
            return isPublic(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
