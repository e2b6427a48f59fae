from("direct:status")
    .to("sora:status")
    .choice()
        .when(simple("${header.CamelSoraStatus} == 'FAILED'"))
            .log("Task ${header.CamelSoraTaskId} has failed: ${header.CamelSoraErrorMessage}")
        .otherwise()
            .log("Task ${header.CamelSoraTaskId} is ${header.CamelSoraStatus}, ${header.CamelSoraProgress} %");
