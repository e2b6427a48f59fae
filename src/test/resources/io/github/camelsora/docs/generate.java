from("direct:generate")
    .to("sora:generate?model=sora-2-official&duration=8")
    .to("sora:remix?prompt=Add a puppy playing in the scene");
