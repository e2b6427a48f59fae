package io.github.camelsora.internal.toapis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.api.VideoTask.Video;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the videos of a completed task: in the documented place {@code result.data[i].url}, else under the usual names anywhere
 * in the answer. It skips echoed requests, source videos, pictures, addresses of other videos, and addresses of API calls. Each
 * address counts once.
 */
final class VideoFinder {
    private static final int DEEPEST = 8;

    private static final List<String> DOCUMENTED = List.of("url", "videourl");

    /** Normalized names of fields that may hold an address; the first that does is used. */
    private static final List<String> NAMES = List.of(
            "videourl",
            "url",
            "resulturl",
            "downloadurl",
            "outputurl",
            "fileurl",
            "playurl",
            "mp4url",
            "videouri",
            "uri",
            "video",
            "videos",
            "result",
            "output",
            "outputs",
            "videourls",
            "resulturls",
            "urls",
            "failreason");

    /** Names that say nothing about the address: they count only inside of results. */
    private static final Set<String> VAGUE = Set.of("url", "uri", "urls");

    private static final List<String> EXPLICIT =
            NAMES.stream().filter(name -> !VAGUE.contains(name)).toList();

    /** Parts of the names of objects that hold results only. */
    private static final Pattern RESULT = Pattern.compile("video|result|output");

    /** Parts of the names of objects that may hold a result among other things. */
    private static final Pattern RESULT_PLACE =
            Pattern.compile("data|content|response|file|download|media|asset|artifact|generat|clip|mp4|play|extra");

    /** Paths of API calls, such as status or cancel; a path of a file below them is no call. */
    private static final Pattern API_PATH =
            Pattern.compile("(?i)https?://[^/?#]+(?:/[^?#]*)?/v\\d+/(?:videos?|tasks?|generations?|predictions?|jobs?)"
                    + "(?:/[^?#]*)?(?:[?#].*)?");

    private static final Pattern FILE_PATH =
            Pattern.compile("(?i)[^?#]*(?:/contents?|/download|/file|\\.(?:mp4|m4v|mov|webm|mkv|m3u8))/?(?:[?#].*)?");

    /** A family of gateways puts the address of a completed task here. */
    private static final String FAIL_REASON = "failreason";

    /** Objects that are searched first, and one that is searched last, since some services echo the request there. */
    private static final List<String> FIRST =
            List.of("result", "output", "video", "videos", "data", "content", "response");

    private static final String LAST = "metadata";

    /** Parts of the names of objects that hold no result: pictures, sound, echoed requests, other videos. */
    private static final Pattern NO_RESULT =
            Pattern.compile("image|img|thumb|cover|poster|frame|preview|icon|logo|avatar"
                    + "|audio|music|voice|subtitle|caption|input|source|origin|reference|callback|webhook|request|param|prompt"
                    + "|payload|properties|option|setting|config|role|videolist|remix|parent|previous|character|mask|user|owner"
                    + "|author|error|example|doc|help|driving|motion|template"
                    + "|related|histor|from|base|initial|earlier|older|former|similar|suggest|recommend|ancestor|lineage|sibling"
                    + "|src|profile|usage|billing|pricing|cancel|^(?:ads?|self|models?|modelinfo|next|last)$");

    /** A video that was made from an image or text: an exception to {@link #NO_RESULT}. */
    private static final Pattern MADE_VIDEO = Pattern.compile(".*(2|to)video");

    private static final Pattern NO_VIDEO_KIND =
            Pattern.compile("(?i)(image|audio|text)(/.*)?|png|jpe?g|webp|gif|mp3|wav");
    private static final Pattern NO_VIDEO_FILE =
            Pattern.compile("(?i)[^?#]*\\.(png|jpe?g|webp|gif|bmp|svg|avif|heic|mp3|wav|aac|flac|srt|vtt)([?#].*)?");

    private final BaseUrl base;
    private final Map<String, Video> byUrl = new LinkedHashMap<>();

    private VideoFinder(BaseUrl base) {
        this.base = base;
    }

    /**
     * Finds the videos.
     *
     * @param task the task
     * @param answer the answer that holds it; may be the task itself
     * @param isCompleted whether to search undocumented places, too
     * @param base the service that answered
     */
    static List<Video> find(JsonNode task, JsonNode answer, boolean isCompleted, BaseUrl base) {
        VideoFinder finder = new VideoFinder(base);
        JsonNode result = task.path("result");
        boolean isFound = finder.findInEach(result.path("data"))
                || finder.findInEach(result)
                || finder.findInObject(task, DOCUMENTED)
                || isCompleted && (finder.search(task, 0, true) || finder.findInEnvelope(task, answer));
        return isFound ? List.copyOf(finder.byUrl.values()) : List.of();
    }

    private boolean findInEach(JsonNode oneOrMore) {
        boolean isFound = false;
        for (JsonNode one : oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore)) {
            isFound |= findInObject(one, DOCUMENTED);
        }
        return isFound;
    }

    /** Searches the envelope without its tasks, which may include others than ours. */
    private boolean findInEnvelope(JsonNode task, JsonNode answer) {
        return task != answer && (findInObject(answer, NAMES) || searchFields(answer, 0, false, Set.of("data")));
    }

    /**
     * Searches a value and all below it.
     *
     * @param isPlace whether vague names count there
     */
    private boolean search(JsonNode node, int depth, boolean isPlace) {
        if (depth > DEEPEST) {
            return false;
        }
        if (node.isArray()) {
            boolean isFound = false;
            for (JsonNode one : node) {
                isFound |= search(one, depth + 1, isPlace);
            }
            return isFound;
        }
        if (node.isTextual() && node.asText().stripLeading().startsWith("{")) {
            return Json.readObject(node.asText().getBytes(StandardCharsets.UTF_8))
                    .filter(inner -> search(inner, depth + 1, isPlace))
                    .isPresent();
        }
        return isOfVideo(node)
                && (findInObject(node, isPlace ? NAMES : EXPLICIT)
                        || searchFields(node, depth, isPlace && depth > 0, Set.of()));
    }

    /** An object may declare that it is a picture, or an input with a role. */
    private static boolean isOfVideo(JsonNode node) {
        String kind = Fields.firstText(node, "type", "content_type", "mime_type", "format");
        return node.isObject()
                && !node.has("role")
                && (kind == null || !NO_VIDEO_KIND.matcher(kind).matches());
    }

    private boolean searchFields(JsonNode node, int depth, boolean isInPlace, Set<String> except) {
        Stream<Entry<String, JsonNode>> fields = node.properties().stream()
                .filter(field -> !except.contains(field.getKey()))
                .filter(field -> mayHoldResult(ErrorFields.normalize(field.getKey())))
                .sorted(Comparator.comparingInt(field -> rank(ErrorFields.normalize(field.getKey()))));
        return fields.anyMatch(field -> search(field.getValue(), depth + 1, isPlace(field.getKey(), isInPlace)));
    }

    private static boolean isPlace(String name, boolean isInResult) {
        String plain = ErrorFields.normalize(name);
        return isInResult
                || RESULT.matcher(plain).find()
                || RESULT_PLACE.matcher(plain).find();
    }

    private static boolean mayHoldResult(String name) {
        return !NO_RESULT.matcher(name).find() || MADE_VIDEO.matcher(name).matches();
    }

    private static int rank(String name) {
        int first = FIRST.indexOf(name);
        return first >= 0 ? first : name.equals(LAST) ? FIRST.size() + 1 : FIRST.size();
    }

    /** Adds the addresses in the fields of an object itself; relative ones only when there are no others. */
    private boolean findInObject(JsonNode node, List<String> names) {
        if (!isOfVideo(node)) {
            return false;
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        node.properties().forEach(field -> byName.putIfAbsent(ErrorFields.normalize(field.getKey()), field.getValue()));
        // The documented field is the video, even with a path of the API.
        Predicate<String> isCertain = name -> names == DOCUMENTED || !VAGUE.contains(name);
        return names.stream().anyMatch(name -> addAll(node, byName.get(name), name, false, isCertain.test(name)))
                || names.stream().anyMatch(name -> addAll(node, byName.get(name), name, true, isCertain.test(name)));
    }

    private boolean addAll(JsonNode node, JsonNode value, String name, boolean isRelative, boolean isCertain) {
        if (value == null) {
            return false;
        }
        boolean isFound = false;
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            String url = one.isTextual() ? address(one.asText(), name, isRelative) : null;
            if (url != null && (isCertain || !isCall(url))) {
                isFound = true;
                byUrl.putIfAbsent(url, new Video(url, Fields.firstText(node, "format"), lastFrame(node)));
            }
        }
        return isFound;
    }

    private String address(String text, String name, boolean isRelative) {
        boolean isSentence =
                name.equals(FAIL_REASON) && (isRelative || text.strip().contains(" "));
        String url = isSentence ? null : isRelative ? WebAddress.relative(text, base) : WebAddress.absolute(text);
        return url == null || NO_VIDEO_FILE.matcher(url).matches() ? null : url;
    }

    /** Tells whether an address is an API call, say the task's status or its cancellation. */
    private boolean isCall(String url) {
        boolean isOfApi = url.startsWith(base + "/v1/") || API_PATH.matcher(url).matches();
        return isOfApi && !FILE_PATH.matcher(url).matches();
    }

    private String lastFrame(JsonNode node) {
        String text = Fields.firstText(node, "last_frame_url");
        if (text == null) {
            return null;
        }
        String url = WebAddress.absolute(text);
        return url == null ? WebAddress.relative(text, base) : url;
    }
}
