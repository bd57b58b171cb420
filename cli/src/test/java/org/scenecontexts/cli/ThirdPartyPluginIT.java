package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A third party's plugin, built outside this build against the API alone, works by being dropped in a folder.
 */
class ThirdPartyPluginIT {

    private static final ThirdPartyBuild PLUGIN = new ThirdPartyBuild("third-party");

    @BeforeAll
    static void buildThePluginAndDropItsJar() throws IOException, InterruptedException {
        PLUGIN.build("examples/third-party-plugin", "tiny-plugin-1.0.0.jar");
    }

    @Test
    void cscDescribesThePlugin() throws IOException, InterruptedException {
        ThirdPartyBuild.Outcome show = PLUGIN.csc("plugins", "show", "tiny-mlp");
        assertThat(show.exitCode()).as(show.output()).isZero();
        assertThat(show.output())
                .contains("tiny-mlp (backbone, plugin 'tiny-plugin' 1.0.0)", "Channels of every layer.");
    }

    @Test
    void cscTrainsAndEvaluatesWithItsBackboneAndDataSet() throws IOException, InterruptedException {
        Path runs = PLUGIN.at("runs");
        ThirdPartyBuild.Outcome run = PLUGIN.csc(
                "run", PLUGIN.at("source/pipeline.yaml").toString(), "--runs", runs.toString(), "--threads", "2");
        assertThat(run.exitCode()).as(run.output()).isZero();
        double miou = new ObjectMapper()
                .readTree(runs.resolve("two-planes/eval/metrics.json").toFile())
                .get("miou")
                .asDouble();
        assertThat(miou).isGreaterThan(0.95);
    }

    @Test
    void itsHookTellsATrackerAboutTheTraining() throws IOException, InterruptedException {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        HttpServer tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext("/", exchange -> {
            JsonNode event = new ObjectMapper().readTree(exchange.getRequestBody());
            events.add(event.get("event").asText() + " " + event.get("iteration"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        tracker.start();
        try {
            String url = "http://localhost:" + tracker.getAddress().getPort() + "/";
            assertThat(train("tracked", url).exitCode()).isZero();
        } finally {
            tracker.stop(0);
        }
        assertThat(events).containsExactly("begin 0", "step 20", "step 40", "end 40");
    }

    @Test
    void aTrackerThatDoesNotAnswerCostsAWarningAndNotTheTraining() throws IOException, InterruptedException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        ThirdPartyBuild.Outcome run = train("untracked", "http://localhost:" + closed + "/");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).containsOnlyOnce("training goes on without it");
    }

    private static ThirdPartyBuild.Outcome train(String runs, String tracker) throws IOException, InterruptedException {
        return PLUGIN.csc(
                "run",
                PLUGIN.at("source/pipeline.yaml").toString(),
                "--runs",
                PLUGIN.at(runs).toString(),
                "--set",
                "semseg.iterations=40",
                "--set",
                "semseg.hooks=[{type: http-tracker, url: '" + tracker + "', every: 20}]");
    }

    @Test
    void aMistakeInItsKeysIsReportedWithThePluginsName() throws IOException, InterruptedException {
        ThirdPartyBuild.Outcome run = PLUGIN.csc(
                "validate",
                PLUGIN.at("source/pipeline.yaml").toString(),
                "--set",
                "semseg.backbone={type: tiny-mlp, widht: 8}");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .contains("--set #1:1:34: error: unknown key 'widht'", "plugin 'tiny-plugin'", "did you mean 'width'?");
    }
}
