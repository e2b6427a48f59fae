from("direct:extend")
    .to("sora:extend?model=grok-video-1.0")
    .to("sora:download?directory=videos");
