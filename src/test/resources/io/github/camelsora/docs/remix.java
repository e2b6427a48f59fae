from("direct:remix")
    .to("sora:remix")
    .to("sora:download?directory=videos");
