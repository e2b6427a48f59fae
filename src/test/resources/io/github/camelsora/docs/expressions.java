from("direct:expressions")
    .to("sora:remix?videoId=${header.source}&requestKey=order-${header.orderId}"
        + "&prompt=RAW(Write \"1 + 1 = 2\" & 100% on a sign for ${header.customer})");
