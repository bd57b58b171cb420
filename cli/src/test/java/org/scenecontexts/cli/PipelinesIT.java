package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/** Every pipeline that comes with the project is valid with the plugins that come with it. */
class PipelinesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String QUICKSTART =
            ROOT.resolve("examples/quickstart.yaml").toString();
    private static final Path PLUGINS = Path.of("target", "dist", "plugins").toAbsolutePath();
    /** An environment variable that has no default. */
    private static final Pattern NEEDED = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

    @TestFactory
    Stream<DynamicTest> isValid() throws IOException {
        List<Path> pipelines = pipelines();
        assertThat(pipelines).hasSizeGreaterThanOrEqualTo(12);
        return pipelines.stream()
                .map(file -> DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> validate(file)));
    }

    /** Those of third parties need their plugins: {@link ThirdPartyPluginIT} and {@link OpenDataPluginIT} run them. */
    private static List<Path> pipelines() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(ROOT.resolve("pipelines")),
                Files.walk(ROOT.resolve("examples"))
                        .filter(file -> !file.startsWith(ROOT.resolve("examples/third-party-plugin"))
                                && !file.startsWith(ROOT.resolve("examples/third-party-plugins"))))) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    private static void validate(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Matcher needed = NEEDED.matcher(Files.readString(file));
        while (needed.find()) {
            environment.put(needed.group(1), "some/file.pth");
        }
        StringWriter said = new StringWriter();
        assertThat(csc(environment, said, "validate", "--no-files", file.toString()))
                .as("%s", said)
                .isZero();
        assertThat(said.toString()).contains("is valid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: pointnet2, points: 4096, width: 0.5}",
                "{type: pointnet2, points: 4096, scales: [1, 2]}",
                "{type: res16unet34c, voxel-size: 0.05}"
            })
    void theQuickstartTakesEitherBackboneInOneLine(String backbone) {
        StringWriter said = new StringWriter();
        int exit = csc(Map.of(), said, "validate", QUICKSTART, "--set", "train.backbone=" + backbone);

        assertThat(exit).as("%s", said).isZero();
    }

    @Test
    void aBackboneThatDoesNotGiveWhatTheTaskNeedsIsRefusedBeforeAnythingRuns() {
        StringWriter said = new StringWriter();
        int exit =
                csc(Map.of(), said, "validate", QUICKSTART, "--set", "train.backbone={type: pointnet2, output: seeds}");

        assertThat(exit).isEqualTo(2);
        assertThat(said.toString())
                .contains("'semantic-segmentation' needs point-features, which the backbone 'pointnet2' does not give");
    }

    private static int csc(Map<String, String> environment, StringWriter said, String... arguments) {
        CommandLine csc = Main.commandLine(new Host(environment, List.of(PLUGINS), LocalExecutor::new));
        csc.setOut(new PrintWriter(said));
        csc.setErr(new PrintWriter(said));
        return csc.execute(arguments);
    }
}
