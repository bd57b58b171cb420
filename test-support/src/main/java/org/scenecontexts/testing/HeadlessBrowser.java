package org.scenecontexts.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.opentest4j.TestAbortedException;

/**
 * A Chromium without a window, so that tests see pages as people do: real mouse, real keys, real pictures, and every error of the
 * console. Driven by its DevTools protocol; draws by software, as on a machine without a graphics card.
 *
 * @since 0.2
 */
public final class HeadlessBrowser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long PATIENCE_SECONDS = 40;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private String session = "";
    private int last;

    /**
     * Starts a browser.
     *
     * @param width of the page in pixels
     * @param height of the page in pixels
     * @throws TestAbortedException where there is none
     */
    public static HeadlessBrowser start(int width, int height) {
        Path program = find().orElseThrow(() -> new TestAbortedException(
                "no browser: none of " + NAMES + " is on the PATH; install Debian's chromium to run this test"));
        try {
            return new HeadlessBrowser(program, width, height);
        } catch (IOException e) {
            throw new UncheckedIOException(program + " does not start: " + e, e);
        }
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private HeadlessBrowser(Path program, int width, int height) throws IOException {
        profile = Files.createTempDirectory("browser");
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--use-angle=swiftshader",
                        "--enable-unsafe-swiftshader",
                        "--force-device-scale-factor=1",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = connect(address());
        try {
            String target = call("Target.createTarget", Map.of("url", "about:blank"))
                    .path("targetId")
                    .asText();
            session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                    .path("sessionId")
                    .asText();
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                call(domain + ".enable", Map.of());
            }
            resize(width, height);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private URI address() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("it ended before it listened");
        }
        // Whatever else it says must be taken, or it waits.
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return URI.create(line.substring("DevTools listening on ".length()));
    }

    private WebSocket connect(URI address) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Answers())
                .join();
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                String message = text.toString();
                text.setLength(0);
                take(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void take(String message) {
        try {
            JsonNode node = json.readTree(message);
            CompletableFuture<JsonNode> asked = answers.remove(node.path("id").asInt(-1));
            if (asked != null) {
                asked.complete(node);
                return;
            }
            JsonNode told = node.path("params");
            switch (node.path("method").asText()) {
                case "Runtime.exceptionThrown" ->
                    errors.add(told.path("exceptionDetails").toString());
                case "Runtime.consoleAPICalled" -> {
                    if (List.of("error", "warning", "assert")
                            .contains(told.path("type").asText())) {
                        errors.add(told.path("args").toString());
                    }
                }
                case "Log.entryAdded" -> {
                    if (told.path("entry").path("level").asText().equals("error")) {
                        errors.add(told.path("entry").toString());
                    }
                }
                case "Network.requestWillBeSent" ->
                    requests.add(told.path("request").path("url").asText());
                default -> {}
            }
        } catch (IOException e) {
            errors.add("the browser said what is no JSON: " + e);
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++last;
        ObjectNode message = json.createObjectNode();
        message.put("id", id);
        message.put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode node = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (node.has("error")) {
                throw new IllegalStateException(method + ": " + node.path("error"));
            }
            return node.path("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + ": no answer within " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** Gives the window another size, in pixels. */
    public void resize(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Opens a page and waits until an expression is true there. */
    public void open(Path page, String hash, String ready) {
        // From an empty page, since a change of the part after # alone would not load anything.
        call("Page.navigate", Map.of("url", "about:blank"));
        call("Page.navigate", Map.of("url", page.toUri() + hash));
        await("document.readyState === 'complete' && Boolean(" + ready + ")");
    }

    /** Waits until an expression of the page is true. */
    public void await(String expression) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        expression + " is not true after " + PATIENCE_SECONDS + " s; the page said " + errors);
            }
            pause(25);
        }
    }

    /** Waits a moment. */
    public static void pause(long milliseconds) {
        try {
            Thread.sleep(Duration.ofMillis(milliseconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of an expression in the page; promises are waited for. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Clicks in the middle of what a selector names. */
    public void click(String selector) {
        String quoted = json.valueToTree(selector).toString();
        JsonNode at = evaluate(
                "(() => { const e = document.querySelector(" + quoted + "); e.scrollIntoView({block:'nearest'}); const"
                        + " r = e.getBoundingClientRect(); return [r.x +"
                        + " r.width / 2, r.y + r.height / 2]; })()");
        mouse("mouseMoved", at.get(0).asDouble(), at.get(1).asDouble(), "none");
        mouse("mousePressed", at.get(0).asDouble(), at.get(1).asDouble(), "left");
        mouse("mouseReleased", at.get(0).asDouble(), at.get(1).asDouble(), "left");
    }

    /** An event of the mouse, as DevTools call it, at a place of the page. */
    public void mouse(String type, double x, double y, String button) {
        call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        button,
                        "buttons",
                        type.equals("mouseReleased") || button.equals("none") ? 0 : 1,
                        "clickCount",
                        1));
    }

    /** A finger that touches a place of the page and leaves it. */
    public void tap(double x, double y) {
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        call("Input.dispatchTouchEvent", Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", x, "y", y))));
        call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    }

    /** A key that is pressed and let go, such as {@code w} or {@code ArrowLeft}. */
    public void key(String key) {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** What is seen. */
    public BufferedImage picture() {
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is seen, kept as a file too. */
    public BufferedImage picture(Path file) {
        BufferedImage picture = picture();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(picture, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return picture;
    }

    /** Errors and warnings of the console, and exceptions of the page, so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Addresses that the page asked for, so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Processor time that the browser has taken so far. */
    public Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
            for (ProcessHandle handle : all) {
                handle.onExit().get(10, TimeUnit.SECONDS);
            }
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IOException e) {
            // A temporary folder is left; the next cleaning of the machine takes it.
        }
    }
}
