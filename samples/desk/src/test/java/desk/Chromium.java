package desk;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, as Debian's packages chromium and chromium-driver install it. */
final class Chromium implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of(System.getProperty("desk.screenshots", "target/screenshots"));

    private final ChromeDriver driver;

    private Chromium(ChromeOptions options) {
        // As root, as in a container, Chromium has no sandbox.
        options.setBinary(CHROMIUM.toFile())
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
    }

    /** Whether both packages are installed; the tests are skipped otherwise. */
    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    static Chromium open() {
        Chromium browser = new Chromium(new ChromeOptions());
        browser.driver.manage().window().setSize(new Dimension(1280, 1500));
        return browser;
    }

    static Chromium phone() {
        return new Chromium(new ChromeOptions()
                .setExperimentalOption(
                        "mobileEmulation",
                        Map.of("deviceMetrics", Map.of("width", 390, "height", 844, "pixelRatio", 2))));
    }

    /** Has the colours that the user's system asks for. */
    Chromium dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        return this;
    }

    Chromium go(String address) {
        driver.get(address);
        return this;
    }

    /** Opens the desk, and waits until it has read its tasks. */
    Chromium go(SimulatedDesk desk, String query) {
        go(desk.address() + query);
        see(".tasks");
        return this;
    }

    /** Waits until an element is there and is seen. */
    WebElement see(String css) {
        return await("nothing that is seen fits " + css, () -> driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    /** Waits until an element says a text. */
    void see(String css, String text) {
        await(css + " does not say: " + text, () -> texts(css).anyMatch(said -> said.contains(text)));
    }

    void seeNo(String css) {
        await(css + " is still there", () -> texts(css).findAny().isEmpty());
    }

    Stream<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).map(WebElement::getText);
    }

    /** Clicks what a live page may render anew meanwhile. */
    void click(String css) {
        await(css + " cannot be clicked", () -> {
            see(css).click();
            return true;
        });
    }

    void type(String css, CharSequence... keys) {
        see(css).sendKeys(keys);
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Presses Tab until the focus is on what fits, as a user without a mouse does. */
    void tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            if (Boolean.TRUE.equals(run("return document.activeElement.matches(arguments[0])", css))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("200 times Tab did not lead to " + css);
    }

    /** Runs a script in the page. One that ends with a promise has its outcome. */
    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** What the console of the browser has got as errors since the last call. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What an accessibility check of the page as it stands has against it. */
    List<String> violations() {
        Results results = new AxeBuilder().analyze(driver);
        return results.getViolations().stream().map(Chromium::text).toList();
    }

    private static String text(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** Keeps a picture of what is seen. */
    void shoot(String name) throws IOException {
        Files.write(Files.createDirectories(SCREENSHOTS).resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Waits until an element has the focus. */
    void seeFocusOn(String css) {
        await(css + " has no focus", () -> run("return document.activeElement.matches(arguments[0])", css));
    }

    /** Waits until a condition answers something else than null and false. */
    <T> T await(String otherwise, Supplier<T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class, NoSuchElementException.class)
                .ignoring(ElementClickInterceptedException.class)
                .withMessage(otherwise)
                .until(ignored -> condition.get());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
