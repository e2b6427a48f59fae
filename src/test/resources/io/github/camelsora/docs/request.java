from("direct:request")
    .setBody(constant(RemixRequest.of("video_01K8SGYNNNVBQTXNR4MM964S7K", "Add a puppy playing in the scene")
        .withDuration(15)
        .withAspectRatio("9:16")))
    .to("sora:remix");
