from("direct:orders")
    .to("sora:remix?requestKey=${header.orderId}");
