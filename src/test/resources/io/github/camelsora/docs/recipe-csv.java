from("file:orders?include=.*[.]csv&readLock=changed&move=done")
    .split(body().tokenize("\n")).streaming()
        .filter(simple("${exchangeProperty.CamelSplitIndex} > 0 && ${body} != ''"))
            .setHeader("CamelSoraRequestKey").body(String.class, row -> row.split(",", 3)[0])
            .setHeader("CamelSoraVideoId").body(String.class, row -> row.split(",", 3)[1])
            .setHeader("CamelSoraPrompt").body(String.class, row -> row.split(",", 3)[2])
            .setBody(simple("${null}"))
            .to("sora:remix?waitForCompletion=false&tag=csv");

from("sora:tasks?tag=csv")
    .filter(simple("${header.CamelSoraStatus} == 'COMPLETED'"))
        .to("sora:download?directory=videos&fileName=${header.CamelSoraTaskKey}.mp4");
