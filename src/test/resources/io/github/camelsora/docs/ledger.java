from("direct:unknown")
    .to("sora:ledger?action=list&filter=state:unknown older:1h")
    .split(body())
        .log("Key ${body.key} may have been paid: look for ${body.wireKey} in the vendor's console");
