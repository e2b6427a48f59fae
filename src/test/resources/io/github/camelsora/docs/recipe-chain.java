from("direct:chain")
    .to("sora:remix?prompt=RAW(Add a puppy)&requestKey=${header.orderId}-puppy")
    .to("sora:remix?prompt=RAW(Let it snow)&requestKey=${header.orderId}-snow")
    .to("sora:download?directory=videos");
