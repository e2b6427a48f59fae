from("sora:webhook?webhookPath=/hooks/sora")
    .log("${header.CamelSoraEventType}: task ${header.CamelSoraTaskId} is ${header.CamelSoraStatus}");
