from("direct:submit")
    .to("sora:remix?waitForCompletion=false")
    .log("Keep this id: ${header.CamelSoraTaskId}");
