from("direct:status")
    .to("sora:status")
    .choice()
        .when(simple("${header.CamelSoraStatus} == 'FAILED'"))
            .log("Task ${body.id} has failed: ${body.errorMessage}")
        .otherwise()
            .log("Task ${body.id} is ${body.status}, ${body.progress} %");
