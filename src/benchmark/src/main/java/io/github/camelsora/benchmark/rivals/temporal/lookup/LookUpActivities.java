package io.github.camelsora.benchmark.rivals.temporal.lookup;

import io.github.camelsora.benchmark.rivals.temporal.Order;
import io.github.camelsora.benchmark.rivals.temporal.RemixActivitiesImpl;
import io.temporal.activity.Activity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Searches for the task of an order before it is submitted, so that the submit may be attempted again. */
final class LookUpActivities extends RemixActivitiesImpl {
    @Override
    public String submit(Order order) {
        try {
            HttpResponse<String> found =
                    http.send(api("generations/" + order.order()).build(), BodyHandlers.ofString());
            return found.statusCode() == 404
                    ? super.submit(order)
                    : json.readTree(expect200(found)).path("id").asText();
        } catch (IOException | InterruptedException e) {
            throw Activity.wrap(e);
        }
    }

    @Override
    protected Map<String, String> body(Order order) {
        return Map.of("model", "sora-2", "prompt", order.prompt(), "client_business_id", order.order());
    }
}
