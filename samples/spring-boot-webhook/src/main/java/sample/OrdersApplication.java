package sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Makes videos of orders; the routes are {@code camel/webhook.yaml}, the settings are {@code application.properties}. */
@SpringBootApplication
public class OrdersApplication {
    /**
     * Runs until it is stopped.
     *
     * @param args properties that come before those of the file, say {@code --server.port=8081}
     */
    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }
}
