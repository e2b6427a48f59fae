from("direct:order")
    .to("kamelet:sora-remix-action?waitForCompletion=false&requestKey=${header.orderId}&tag=orders");

from("kamelet:sora-tasks-source?tag=orders")
    .choice()
        .when(simple("${header.CamelSoraStatus} == 'COMPLETED'"))
            .to("kamelet:sora-download-action?directory=videos")
            .log("Key ${header.CamelSoraTaskKey} is ${header.CamelFileName}")
        .otherwise()
            .log("Key ${header.CamelSoraTaskKey} has no video: ${header.CamelSoraErrorMessage}");
