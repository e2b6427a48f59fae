package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.download.DownloadRejectedException;
import io.github.camelsora.internal.time.OutageLog;
import io.github.camelsora.internal.toapis.Redaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Logs that a host of files cannot be reached, once for all downloads from it. Thread-safe. */
final class FileHostOutages {
    /** The service names the hosts, and could name any number of them. */
    private static final int MOST_HOSTS = 100;

    private final InstantSource clock;
    private final Map<String, OutageLog> byHost = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OutageLog> eldest) {
            return size() > MOST_HOSTS;
        }
    };
    private boolean isClosed;

    FileHostOutages(InstantSource clock) {
        this.clock = clock;
    }

    /** Observes all requests of a client. */
    void observe(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("sora-file-host", this::proceed);
    }

    private ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        String host = scope.route.getTargetHost().toHostString();
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            of(host).succeeded();
            return response;
        } catch (DownloadRejectedException e) {
            throw e;
        } catch (IOException e) {
            of(host).failed(Redaction.of(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private synchronized OutageLog of(String host) {
        OutageLog log = byHost.computeIfAbsent(
                host,
                name -> new OutageLog(
                        clock,
                        "The file host " + name,
                        "Downloads are retried until downloadTimeout; the service keeps a video for 24 hours"));
        if (isClosed) {
            log.close();
        }
        return log;
    }

    synchronized void close() {
        isClosed = true;
        byHost.values().forEach(OutageLog::close);
    }
}
