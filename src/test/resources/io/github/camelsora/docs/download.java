from("direct:download")
    .to("sora:download?directory=videos&fileName=${date:now:yyyy}/${header.CamelSoraTaskId}.mp4");
