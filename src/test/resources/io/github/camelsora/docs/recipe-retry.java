from("direct:retry")
    .setHeader("CamelSoraReason", constant("The customer has asked for it"))
    .to("sora:ledger?action=retry&actor=shop")
    .log("Key ${body.key} is sent again, and paid for again");
