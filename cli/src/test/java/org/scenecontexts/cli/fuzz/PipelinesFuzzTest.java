package org.scenecontexts.cli.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.pipeline.PipelineWriter;
import org.scenecontexts.runtime.plugin.Plugins;

/** Pipelines, changed and validated. */
class PipelinesFuzzTest {

    private static final List<String> PIPELINES = List.of("""
            name: toy
            seed: 3
            defaults: {data: {type: toy-rooms, scenes: 4}}
            stages:
              - id: net
                train:
                  data: {type: toy-rooms, scenes: 4}
                  backbone: {type: toy-net, width: 0.5, with-bias: true}
                  task: toy-label
                  optimizer: {type: adamw, lr: 1e-3}
                  iterations: 10
                  batch: 2
                  init: "weights.pth"
                  init-layout: minkowski-0.4
              - id: eval
                evaluate: {model: ${net}, data: {type: toy-rooms, scenes: 1}, benchmark: [toy-score]}
            """, """
            name: matrix
            matrix:
              width: [0.5, 1.0]
              seed: [1, 2]
            stages:
              - id: net
                train: &t
                  data: {type: toy-rooms, scenes: 4}
                  backbone: {type: toy-net, width: "${matrix.width}"}
                  task: toy-label
                  iterations: 10
              - id: other
                train: {<<: *t, iterations: 20, inputs: [colour, height]}
            """);

    private static final List<String> TOKENS = List.of(
            "&a ",
            "*a",
            "<<: *t\n",
            "${matrix.width}",
            "${net.best}",
            "${env.X}",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "|\n",
            ">\n",
            "!!python/object:os.system ",
            "!!java.lang.Runtime ",
            "? ",
            "---\n",
            "...\n",
            "\t",
            "%YAML 1.2\n",
            "'",
            "\"",
            "\"\\ud800\"",
            "#",
            "&t",
            "0x7fffffffffffffff",
            "1e9999",
            "null",
            "~",
            "\u0001",
            "\u00a0");

    @TempDir
    Path folder;

    @Test
    void pipelines() {
        List<byte[]> seeds = PIPELINES.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        try (Plugins plugins = Plugins.discover(List.of())) {
            PipelineLoader loader = new PipelineLoader(plugins.catalog(), Map.of());
            new Fuzz(
                            "YAML pipelines",
                            folder,
                            "toy.yaml",
                            file -> PipelineWriter.yaml(
                                    loader.load(file, List.of()).orThrow()),
                            InvalidConfigException.class)
                    .run(seeds, new Mutations(seeds, TOKENS, 61)::get);
        }
    }
}
