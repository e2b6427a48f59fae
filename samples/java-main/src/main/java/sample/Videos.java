package sample;

import static io.github.camelsora.SoraEndpointBuilder.sora;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.FileExist;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskNotFoundException;
import java.io.File;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;

/**
 * Makes a video of each prompt in a directory. Reads {@code prompts/NAME.txt}, writes {@code videos/NAME.mp4}, and appends a line
 * of JSON to {@code videos/videos.jsonl}. NAME is the key of the video, so a file that arrives again is not paid again. Write the
 * file under another name, and rename it when it is complete.
 */
public class Videos extends RouteBuilder {
    /** A line of {@code videos.jsonl}. */
    public record Line(String name, String prompt, String task, String file, long bytes) {
        static Line of(Message video) {
            return new Line(
                    video.getHeader("name", String.class),
                    video.getHeader("prompt", String.class).strip(),
                    video.getHeader("CamelSoraTaskId", String.class),
                    video.getHeader("CamelFileName", String.class),
                    video.getHeader("CamelFileLength", long.class));
        }
    }

    /**
     * Runs until it is stopped.
     *
     * @param args none
     * @throws Exception if it cannot start
     */
    public static void main(String[] args) throws Exception {
        new Main(Videos.class).run(args);
    }

    @Override
    public void configure() {
        // These failures are final: the log says why, and the prompt is done. After any other failure (no connection, no
        // credits, shutdown) the file stays and is read again, under the same key.
        onException(
                        BadRequestException.class,
                        ContentRefusedException.class,
                        KeyConflictException.class,
                        ResultExpiredException.class,
                        SubmissionUnknownException.class,
                        TaskFailedException.class,
                        TaskNotFoundException.class)
                .handled(true)
                .log(LoggingLevel.ERROR, "Prompt ${header.name} has no video: ${exception.message}");

        // Records which videos have their line.
        File written = new File(getContext().resolvePropertyPlaceholders("{{sora.directory}}/.written"));

        from("file:{{sora.prompts}}?include=.*\\.txt&delay=1000&move=.done")
                .routeId("prompts")
                .setHeader("name", simple("${file:onlyname.noext}"))
                .convertBodyTo(String.class)
                .setHeader("prompt", body())
                // To remix instead: sora().remix().videoId(…), with the id of the video.
                .to(sora().generate().requestKey("${header.name}"))
                .idempotentConsumer(
                        header("CamelSoraTaskKey"), FileIdempotentRepository.fileIdempotentRepository(written))
                .to(sora().download()
                        .directory("{{sora.directory}}")
                        .fileName("${header.name}.mp4")
                        .fileExist(FileExist.Ignore))
                .log("Prompt ${header.name} is ${header.CamelFileName}, ${header.CamelFileLength} bytes")
                .setBody().message(Line::of)
                .marshal().json()
                // Otherwise the name of the video would become the name of the next file.
                .removeHeaders("CamelFile*")
                .to("file:{{sora.directory}}?fileName=videos.jsonl&fileExist=Append&appendChars=\\n");
    }
}
