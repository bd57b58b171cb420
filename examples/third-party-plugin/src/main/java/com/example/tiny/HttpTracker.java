package com.example.tiny;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingEnd;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;

/**
 * Tells a tracker about a training, without ever holding it up: events are sent one after the other in the background, and a
 * tracker that does not answer costs a warning, not the training.
 */
final class HttpTracker implements TrainingHook {

    private final HttpTrackerFactory.Config config;
    private final Consumer<String> warn;
    private final HttpClient client;
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    private String stage = "";

    HttpTracker(HttpTrackerFactory.Config config, Consumer<String> warn) {
        this.config = config;
        this.warn = warn;
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(config.timeout()))
                .build();
    }

    @Override
    public void begin(TrainingRun run) {
        stage = run.stage();
        post("begin", run.start(), Map.of("iterations", run.start().iterations(), "configuration", run.configuration()));
    }

    @Override
    public void afterStep(TrainingStep step) {
        if (step.at().iteration() % config.every() == 0) {
            Map<String, Object> figures = new LinkedHashMap<>(step.figures());
            figures.put("lr", step.learningRate());
            figures.put("grad_norm", step.gradientNorm());
            post("step", step.at(), figures);
        }
    }

    @Override
    public void measured(Measurement measurement) {
        post("measured", measurement.at(), measurement.figures());
    }

    @Override
    public void end(TrainingEnd end) {
        post("end", end.at(), end.figures());
        waitForAll();
    }

    @Override
    public void failed(TrainingProgress at, Throwable failure) {
        post("failed", at, Map.of("reason", String.valueOf(failure.getMessage())));
        waitForAll();
    }

    private void post(String event, TrainingProgress at, Map<String, ?> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("event", event);
        all.put("stage", stage);
        all.put("iteration", at.iteration());
        all.put("epoch", at.epoch());
        all.put("values", values);
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.url()))
                .timeout(Duration.ofSeconds(config.timeout()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(all)))
                .build();
        sent = sent.thenCompose(before -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .handle((response, failure) -> {
                    if (failure != null || response.statusCode() >= 300) {
                        String what = failure != null ? String.valueOf(failure.getCause()) : "status " + response.statusCode();
                        warn.accept("the tracker at " + config.url() + " does not take events (" + what
                                + "); training goes on without it");
                    }
                    return null;
                });
    }

    private void waitForAll() {
        try {
            sent.get(2L * config.timeout(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            warn.accept("the tracker at " + config.url() + " has not taken all events: " + e);
        }
        client.close();
    }

    /** A plugin of more than one class would take a library for this. */
    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                StringBuilder text = new StringBuilder("{");
                map.forEach((key, inner) -> text.append(text.length() == 1 ? "" : ", ")
                        .append(json(String.valueOf(key)))
                        .append(": ")
                        .append(json(inner)));
                yield text.append('}').toString();
            }
            case Double number when !Double.isFinite(number) -> "null";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> quoted(String.valueOf(value));
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
