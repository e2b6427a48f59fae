from("direct:await")
    .setHeader("CamelSoraTaskId", simple("${body}"))
    .to("sora:await?completionTimeout=1h")
    .to("sora:download?directory=videos");
