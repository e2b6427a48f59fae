from("direct:submit")
    .to(sora().remix()
        .waitForCompletion(false)
        .completionTimeout(Duration.ofMinutes(20)))
    .log("Keep this id: ${header.CamelSoraTaskId}");
