from("direct:balance")
    .to("sora:balance")
    .choice()
        .when(simple("${header.CamelSoraRemainingCredits} >= 0 && ${header.CamelSoraRemainingCredits} < 100"))
            .log("Only ${header.CamelSoraRemainingCredits} credits are left");
