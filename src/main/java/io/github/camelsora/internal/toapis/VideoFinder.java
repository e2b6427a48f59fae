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
 * Finds the videos of a task that has ended: in the documented place {@code result.data[i].url}, else under the usual names
 * anywhere in the answer. What was sent to make the video (an echoed request, the source) and pictures of it are never taken
 * for the video, nor is what is about another video or leads to a call of the API. One address counts once.
 */
final class VideoFinder {
    private static final int DEEPEST = 8;

    private static final List<String> DOCUMENTED = List.of("url", "videourl");

    /** Names of fields that hold an address, without underscores; the first that does is taken. */
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

    /** Names that say nothing of what the address leads to: they count only where results are. */
    private static final Set<String> VAGUE = Set.of("url", "uri", "urls");

    private static final List<String> EXPLICIT =
            NAMES.stream().filter(name -> !VAGUE.contains(name)).toList();

    /** Parts of the names of objects that are results, whatever is inside them. */
    private static final Pattern RESULT = Pattern.compile("video|result|output");

    /** Parts of the names of objects that may hold a result beside other things. */
    private static final Pattern RESULT_PLACE =
            Pattern.compile("data|content|response|file|download|media|asset|artifact|generat|clip|mp4|play|extra");

    /** What is asked again or cancelled, not fetched; the file itself may be below it. */
    private static final Pattern API_PATH =
            Pattern.compile("(?i)https?://[^/?#]+(?:/[^?#]*)?/v\\d+/(?:videos?|tasks?|generations?|predictions?|jobs?)"
                    + "(?:/[^?#]*)?(?:[?#].*)?");

    private static final Pattern FILE_PATH =
            Pattern.compile("(?i)[^?#]*(?:/contents?|/download|/file|\\.(?:mp4|m4v|mov|webm|mkv|m3u8))/?(?:[?#].*)?");

    /** Where a family of gateways puts the address of a task that has not failed. */
    private static final String FAIL_REASON = "failreason";

    /** Objects that are searched before others, and one that is searched last, since some services echo the request there. */
    private static final List<String> FIRST =
            List.of("result", "output", "video", "videos", "data", "content", "response");

    private static final String LAST = "metadata";

    /** Parts of the names of what is no result: pictures, sound, what was sent, what is about somebody else. */
    private static final Pattern NO_RESULT =
            Pattern.compile("image|img|thumb|cover|poster|frame|preview|icon|logo|avatar"
                    + "|audio|music|voice|subtitle|caption|input|source|origin|reference|callback|webhook|request|param|prompt"
                    + "|payload|properties|option|setting|config|role|videolist|remix|parent|previous|character|mask|user|owner"
                    + "|author|error|example|doc|help|driving|motion|template"
                    + "|related|histor|from|base|initial|earlier|older|former|similar|suggest|recommend|ancestor|lineage|sibling"
                    + "|src|profile|usage|billing|pricing|cancel|^(?:ads?|self|models?|modelinfo|next|last)$");

    /** Not a picture: what a picture was made into. */
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
     * @param isCompleted whether to search where no video is documented
     * @param base where the answer came from
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

    /** The envelope, without the tasks that it holds: others than ours may be among them. */
    private boolean findInEnvelope(JsonNode task, JsonNode answer) {
        return task != answer && (findInObject(answer, NAMES) || searchFields(answer, 0, false, Set.of("data")));
    }

    /**
     * Searches a value.
     *
     * @param isPlace whether a vague name holds a result there
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

    /** An object may say of itself that it is a picture, or what role it played as an input. */
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

    /** Takes the addresses that stand in an object itself; a relative one only when it has no other. */
    private boolean findInObject(JsonNode node, List<String> names) {
        if (!isOfVideo(node)) {
            return false;
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        node.properties().forEach(field -> byName.putIfAbsent(ErrorFields.normalize(field.getKey()), field.getValue()));
        // What is documented to be the video is the video, even on the paths of the API.
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

    /** Tells whether an address is a call of an API, say the task itself or what cancels it. */
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
