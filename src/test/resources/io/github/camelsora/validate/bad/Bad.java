import org.apache.camel.builder.RouteBuilder;

public class Bad extends RouteBuilder {
    private static final String OPTIONS = "?waitForCompletion=perhaps";

    @Override
    public void configure() {
        from("direct:a")
                .to("sora:remixx")
                .to("sora:remix?viedoId=x")
                .to("sora:remix" + OPTIONS)
                .toD("sora:download?fileExist=Append&fileName=${header.name}")
                .toF("sora:remix?submitTimeout=%d&pollSchedule=often", 5)
                .to("sora:tasks");
        from("sora:remix");
        from("sorra:tasks").to("file:videos?noop=maybe");
    }
}
