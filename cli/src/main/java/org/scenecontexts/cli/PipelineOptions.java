package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.config.InvalidConfigException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.ProblemReport;
import org.scenecontexts.runtime.execute.Preflight;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.train.PatternCheck;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that change a pipeline, and how it is loaded with them. */
final class PipelineOptions {

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = {
                "Change a value of the pipeline; can be given several times.",
                "PATH is stage-id.key.sub, *.key.sub for every stage, defaults.key or seed; VALUE is YAML.",
                "Example: --set semseg.optimizer.lr=0.05"
            })
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Short for --set seed=N.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private DeviceMixin device;

    /** The options as they are typed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        overrides.forEach(override -> words.addAll(List.of("--set", override)));
        seed.ifPresent(number -> words.addAll(List.of("--seed", String.valueOf(number))));
        words.addAll(device.words());
        return words;
    }

    /**
     * The pipeline; warnings are told, errors thrown.
     *
     * @param files whether files that stages read must exist
     */
    Pipeline load(Path file, PluginCatalog plugins, Host host, PrintWriter err, boolean files) {
        List<String> all = new ArrayList<>(overrides);
        seed.ifPresent(number -> all.add("seed=" + number));
        device.yaml().ifPresent(yaml -> all.add("*.device=" + yaml));
        PipelineLoader.Result result = new PipelineLoader(plugins, host.environment()).load(file, all);
        Pipeline pipeline = result.orThrow();
        result.problems().forEach(warning -> err.print(Printable.text(ProblemReport.render(warning))));
        List<Problem> missing = files ? Preflight.check(result, plugins) : List.of();
        if (!missing.isEmpty()) {
            throw new InvalidConfigException(missing);
        }
        err.flush();
        List<Problem> names = PatternCheck.of(pipeline, plugins);
        if (!names.isEmpty()) {
            throw new InvalidConfigException(names);
        }
        return pipeline;
    }
}
