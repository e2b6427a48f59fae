package desk;

import desk.MadeUpRecords.Order;
import java.util.List;
import java.util.Random;

/** Orders as customers write them, always the same ones. */
final class MadeUpOrders {
    private static final List<String> CHANGES = List.of(
            "Add falling snow, and make the street lamps glow",
            "Make the car red instead of silver, and keep the reflections on the wet road",
            "Replace the coffee cup by a bottle of our elderflower lemonade",
            "Change the season to autumn: yellow leaves on the ground, low sun from the left",
            "Add a golden retriever puppy that runs beside the children",
            "Turn the sky to a warm sunset, no clouds",
            "Put the chair into a bright living room with an oak floor",
            "Let the model wear the blue rain jacket of the spring collection",
            "Remove the people in the background",
            "Make it night: neon signs, wet asphalt, slow traffic",
            "Add confetti at the moment when the box opens",
            "Give the kitchen green cupboards, and steam above the pot",
            "Show the same trail in heavy fog, with a hiker who carries a yellow backpack",
            "Turn it into hand-drawn animation with soft watercolours",
            "Zoom out slowly at the end, until the whole harbour can be seen",
            "Add a hot-air balloon that rises behind the church",
            "Make the waves higher, and let a surfer cross from right to left",
            "Change the language of the shop sign to French: BOULANGERIE",
            "Let it rain lightly; drops on the lens in the last two seconds",
            "Show the watch on a wrist, with a marble table below it");
    private static final List<String> STARTS = List.of(
            "A lighthouse on a cliff at dawn, drone shot that circles it once",
            "Close-up of hands that knead bread dough, flour in the light of a window",
            "A tram crosses a bridge in the rain, seen from the river",
            "An old bookshop, a cat sleeps on a pile of atlases, dust in the sun");
    private static final List<String> TAGS = List.of("social", "social", "shop-teaser", "trailer", "internal");
    private static final List<String> TENANTS = List.of("north-shop", "acme", "museum-of-tides", "bakery-lune");

    private static final int FIRST = 1100;

    private final Random random = new Random(1042);
    private int order = FIRST;
    private char part = 'a';

    Random random() {
        return random;
    }

    /** The next order of an account; some orders have several videos. */
    Order next(String account, String sourceId) {
        boolean isSecond = random.nextInt(3) == 0 && order > FIRST;
        if (isSecond) {
            part++;
        } else {
            order++;
            part = 'a';
        }
        String model = sourceId == null ? "seedance-2-5" : modelOf(random.nextInt(10));
        List<String> prompts = sourceId == null ? STARTS : CHANGES;
        return new Order(
                account,
                "order-" + order + "/" + part,
                sourceId,
                model,
                prompts.get(random.nextInt(prompts.size())),
                TAGS.get(random.nextInt(TAGS.size())),
                TENANTS.get(random.nextInt(TENANTS.size())),
                "order-" + order);
    }

    private static String modelOf(int dice) {
        return dice < 6 ? "sora-2" : dice < 8 ? "sora-2-pro" : "grok-video-1.0";
    }

    static int creditsOf(String model) {
        return switch (model) {
            case "sora-2-pro" -> 60;
            case "grok-video-1.0" -> 12;
            case "seedance-2-5" -> 45;
            default -> 20;
        };
    }

    /** How long the service takes for a model, in seconds. */
    int secondsOf(String model) {
        int spread = random.nextInt(100);
        return switch (model) {
            case "sora-2-pro" -> 1_300 + 20 * spread;
            case "grok-video-1.0" -> 40 + spread;
            case "seedance-2-5" -> 300 + 6 * spread;
            default -> 110 + 3 * spread;
        };
    }
}
