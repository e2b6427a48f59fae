package desk;

/** A day of made-up tasks in every state. */
final class MadeUpDay {
    private final SimulatedDesk desk;

    MadeUpDay(SimulatedDesk desk) {
        this.desk = desk;
    }

    String write() {
        String source = desk.toApis().addSource();
        desk.camel().createFluentProducerTemplate().to("sora:remix?waitForCompletion=false&requestKey=k1&tag=social&tenant=acme&correlationId=order-1&duration=10&aspectRatio=16:9&videoId=" + source).withBody("Add a cat").request();
        return "none";
    }
}
