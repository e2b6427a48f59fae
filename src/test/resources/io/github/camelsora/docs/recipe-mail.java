from("sora:tasks?tag=mail")
    .setBody(simple("""
        Task ${header.CamelSoraTaskId} (key ${header.CamelSoraTaskKey}) is ${header.CamelSoraStatus}.
        ${header.CamelSoraErrorMessage}"""))
    .removeHeaders("*")
    .to("smtp:{{mail.server}}?from=sora@localhost&to=operator@localhost&subject=A remix has ended");
