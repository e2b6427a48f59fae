templatedRoute("sora-fire-and-forget")
    .routeId("orders")
    .parameter("input", "direct:order")
    .parameter("tag", "orders")
    .parameter("requestKey", "${header.orderId}")
    .parameter("carryHeaders", "orderId");

templatedRoute("sora-deliver")
    .routeId("stored-orders")
    .parameter("tag", "orders")
    .parameter("output", "direct:stored");

from("direct:stored")
    .log("Order ${header.orderId} is ${header.CamelFileName}");
