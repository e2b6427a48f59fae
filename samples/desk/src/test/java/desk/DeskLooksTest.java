package desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.Operator;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The desk in light, dark and on a phone: an accessibility check of each part, and the screenshots. */
@EnabledIf(value = "desk.Chromium#isInstalled", disabledReason = "Debian's packages chromium and chromium-driver are not installed")
class DeskLooksTest {
    @AutoClose
    private static SimulatedDesk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = SimulatedDesk.startWithDay(SimulatedDesk.freePort(), Map.of("desk.writable", "true"));
        desk.camel()
                .createFluentProducerTemplate()
                .to("sora:remix?waitForCompletion=true&requestKey=storefront-teaser&tag=shop&correlationId=order-4077&videoId="
                        + desk.toApis().addSource())
                .withBody("Turn the street into a rainy evening, keep the shop window lit")
                .request();
    }

    enum Look {
        light(Chromium::open),
        dark(() -> Chromium.open().dark()),
        phone(Chromium::phone);

        private final Supplier<Chromium> opening;

        Look(Supplier<Chromium> opening) {
            this.opening = opening;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachPartIsAccessible(Look look) throws Exception {
        try (Chromium browser = look.opening.get()) {
            browser.go(desk, "");
            browser.await("the balance is not known", () -> browser.texts(".account .figures")
                            .findFirst()
                            .filter(figures -> !figures.contains("not known"))
                            .orElse(null));
            browser.shoot(look + "-desk");
            assertThat(browser.violations()).as("the desk").isEmpty();

            browser.click(".charts > summary");
            browser.see(".charts .days");
            browser.run("document.querySelector('.charts').scrollIntoView()");
            browser.shoot(look + "-charts");
            assertThat(browser.violations()).as("with charts").isEmpty();

            browser.click(".tasks thead input");
            browser.see(".bulk");
            assertThat(browser.violations()).as("with a selection").isEmpty();

            browser.go(desk, "?account=default&key=storefront-teaser");
            browser.see("#detail video");
            browser.await("the video has no picture", () -> browser.run(
                            "const v = document.querySelector('#detail video');"
                            + " if (!v.currentTime) { v.currentTime = 0.5; } return v.readyState >= 2"));
            browser.shoot(look + "-task");
            assertThat(browser.violations()).as("a task").isEmpty();

            browser.click("#detail [data-action=remix]");
            browser.type("#action textarea", "Let it snow in the street");
            browser.click("#action button[form=remix]");
            browser.see("[data-test=plan]");
            browser.shoot(look + "-form");
            assertThat(browser.violations()).as("the form").isEmpty();

            browser.click("#action footer .secondary");
            browser.seeNo("#action article");
            browser.click("#detail [data-action=forget]");
            browser.see("[data-test=preview]");
            assertThat(browser.violations()).as("an action").isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() {
        try (Chromium browser = Chromium.phone()) {
            browser.go(desk, "");

            assertThat((Long) browser.run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(390L);
        }
    }

    @Test
    void aPausedAccountSaysSoWithItsReason() {
        desk.component().operator().pause("default", new Operator("anna", "the prices are being checked"));
        try (Chromium browser = Chromium.open()) {
            browser.go(desk, "");

            browser.see(".account", "the prices are being checked");
            browser.see(".badge.bad", "paused");
        } finally {
            desk.component().operator().resume("default", new Operator("anna", "checked"));
        }
    }
}
