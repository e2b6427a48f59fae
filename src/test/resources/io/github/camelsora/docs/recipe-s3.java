from("direct:to-s3")
    .to("sora:remix?requestKey=${header.orderId}")
    .to("sora:download?directory=videos&fileExist=Ignore")
    .setHeader("CamelAwsS3Key", simple("${header.orderId}.mp4"))
    .to("aws2-s3:{{bucket}}?deleteAfterWrite=true");
