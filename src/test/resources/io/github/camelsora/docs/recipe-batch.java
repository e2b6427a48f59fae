onException(SpendLimitException.class)
    .handled(true)
    .log("Not sent, and nothing was paid: ${exception.message}");

from("direct:batch")
    .split(body())
        .to("sora:generate?model=sora-2&waitForCompletion=false&tag=batch&priority=0"
            + "&requestKey=${header.batch}-${exchangeProperty.CamelSplitIndex}");
