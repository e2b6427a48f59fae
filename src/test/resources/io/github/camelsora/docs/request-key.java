from("direct:orders")
    .to("sora:remix?requestKey=order-${header.orderId}");
