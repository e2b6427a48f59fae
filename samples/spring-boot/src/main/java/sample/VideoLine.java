package sample;

import org.apache.camel.Handler;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Makes what is written of a video. */
@Component
class VideoLine {
    /**
     * A line.
     *
     * @param name the name of the prompt, which is the key of the video
     * @param prompt the prompt
     * @param task the id of the task that made it
     * @param file the name of the video
     * @param bytes its length
     */
    record Line(String name, String prompt, String task, String file, long bytes) {}

    @Handler
    Line line(
            @Header("name") String name,
            @Header("prompt") String prompt,
            @Header("CamelSoraTaskId") String task,
            @Header("CamelFileName") String file,
            @Header("CamelFileLength") long bytes) {
        return new Line(name, prompt.strip(), task, file, bytes);
    }
}
