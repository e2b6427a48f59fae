from("direct:models")
    .to("sora:models")
    .split(body())
        .log("The account may use ${body.id}");
