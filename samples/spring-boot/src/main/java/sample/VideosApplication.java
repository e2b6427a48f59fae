package sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Makes videos of prompts; the route is {@code camel/videos.yaml}, the settings are {@code application.properties}. */
@SpringBootApplication
public class VideosApplication {
    /**
     * Runs until it is stopped.
     *
     * @param args properties that come before those of the file, say {@code --sora.prompts=/srv/prompts}
     */
    public static void main(String[] args) {
        SpringApplication.run(VideosApplication.class, args);
    }
}
