from("direct:balance")
    .to("sora:balance")
    .choice()
        .when(simple("${body.unlimited} == false && ${body.remainingCredits} < 100"))
            .log("Only ${body.remainingCredits} credits are left");
