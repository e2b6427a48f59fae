from("direct:cost")
    .setProperty("prompt", body())
    .to("sora:remix?dryRun=true&creditPrices=sora-2=20&requestKey=${header.orderId}")
    .log("${body.effect}: ${body.price} credits, refused: ${body.refusal}")
    .filter(simple("${body.effect} != 'SEND' || ${body.price} <= ${header.budget}"))
        .setBody(exchangeProperty("prompt"))
        .to("sora:remix?creditPrices=sora-2=20&requestKey=${header.orderId}");
