package io.github.camelsora.simulator;

import java.util.List;

/** The route of a request to the API: its kind of call, the id in its path (null if none), or its error (else null). */
record Route(Call call, String id, ApiErrorException error) {

    static Route of(WireRequest request, boolean openAiVideos) {
        List<String> path;
        try {
            path = PathSegments.of(request.path());
        } catch (ApiErrorException malformed) {
            return new Route(Call.OTHER, null, malformed);
        }
        int size = path.size();
        if (size == 3 && begins(path, "v1", "videos", "generations")) {
            return match(request, "POST", Call.SUBMIT_GENERATION, null);
        }
        if (size == 4 && begins(path, "v1", "videos", "generations")) {
            return match(request, "GET", Call.STATUS, path.get(3));
        }
        if (size == 4 && begins(path, "v1", "videos") && path.get(3).equals("remix")) {
            return match(request, "POST", Call.SUBMIT_REMIX, path.get(2));
        }
        if (size == 4 && begins(path, "v1", "videos") && path.get(3).equals("extend")) {
            return match(request, "POST", Call.SUBMIT_EXTEND, path.get(2));
        }
        if (openAiVideos && size == 3 && begins(path, "v1", "videos")) {
            return match(request, "GET", Call.STATUS, path.get(2));
        }
        if (openAiVideos
                && size == 4
                && begins(path, "v1", "videos")
                && path.get(3).equals("content")) {
            return match(request, "GET", Call.FILE, path.get(2));
        }
        if (path.equals(List.of("v1", "balance")) || path.equals(List.of("v1", "user", "balance"))) {
            return match(request, "GET", Call.BALANCE, null);
        }
        if (path.equals(List.of("v1", "models"))) {
            return match(request, "GET", Call.MODELS, null);
        }
        return notFound(request);
    }

    private static Route match(WireRequest request, String method, Call call, String id) {
        if (!request.method().equals(method)) {
            String message = "Method %s is not allowed for %s".formatted(request.method(), request.path());
            return new Route(Call.OTHER, null, new ApiErrorException(ApiError.METHOD_NOT_ALLOWED, message));
        }
        return id != null && id.isEmpty() ? notFound(request) : new Route(call, id, null);
    }

    private static Route notFound(WireRequest request) {
        String message = "Invalid URL (%s %s)".formatted(request.method(), request.path());
        return new Route(Call.OTHER, null, new ApiErrorException(ApiError.NOT_FOUND, message));
    }

    private static boolean begins(List<String> path, String... segments) {
        return path.subList(0, segments.length).equals(List.of(segments));
    }
}
