package io.github.camelsora.simulator;

/** The HTTP servers of the API and of the file host. */
final class SimulatorServers implements AutoCloseable {

    private final WireServer api;
    private final WireServer files;

    private SimulatorServers(WireServer api, WireServer files) {
        this.api = api;
        this.files = files;
    }

    static SimulatorServers bind(ToApisSimulatorBuilder builder) {
        WireServer files = WireServer.bind("simulator-files", builder.filePort, builder.tls, builder.idleTimeout);
        try {
            return new SimulatorServers(
                    WireServer.bind("simulator-api", builder.port, builder.tls, builder.idleTimeout), files);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    void serve(RequestLog log, ApiHost apiHost, FileHost fileHost) {
        files.serve(log::connectionOpened, fileHost::answer);
        api.serve(log::connectionOpened, apiHost::answer);
    }

    String apiUrl() {
        return api.baseUrl();
    }

    String fileUrl() {
        return files.baseUrl();
    }

    @Override
    public void close() {
        api.close();
        files.close();
    }
}
