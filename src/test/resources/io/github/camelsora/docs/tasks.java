from("direct:order")
    .to("sora:remix?waitForCompletion=false&requestKey=${header.orderId}&tag=orders&carryHeaders=orderId");

from("sora:tasks?tag=orders")
    .choice()
        .when(simple("${header.CamelSoraStatus} == 'COMPLETED'"))
            .to("sora:download?directory=videos")
            .log("Order ${header.orderId} is in ${header.CamelFileName}")
        .otherwise()
            .log("Order ${header.orderId} has no video: ${header.CamelSoraErrorMessage}");
