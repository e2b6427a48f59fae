onException(SoraException.class)
    .handled(true)
    .choice()
        .when(simple("${exception.safeToResend}"))
            .log("Nothing was paid: ${exception.message}")
        .otherwise()
            .log("Check task ${exception.taskId} (key ${exception.taskKey}): ${exception.message}");

from("direct:careful")
    .to("sora:remix");
