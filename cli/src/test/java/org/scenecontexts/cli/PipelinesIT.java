package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** Every pipeline that comes with the project is valid with the plugins that come with it. */
class PipelinesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String QUICKSTART =
            ROOT.resolve("examples/quickstart.yaml").toString();
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
        assertThat(InProcess.csc(environment, "validate", "--no-files", file.toString())
                        .succeeded())
                .contains("is valid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: pointnet2, points: 4096, width: 0.5}",
                "{type: pointnet2, points: 4096, scales: [1, 2]}",
                "{type: res16unet34c, voxel-size: 0.05}"
            })
    void theQuickstartTakesEitherBackboneInOneLine(String backbone) {
        assertThat(InProcess.csc("validate", QUICKSTART, "--set", "train.backbone=" + backbone)
                        .succeeded())
                .contains("is valid");
    }

    @Test
    void aBackboneThatDoesNotGiveWhatTheTaskNeedsIsRefusedBeforeAnythingRuns() {
        InProcess validate =
                InProcess.csc("validate", QUICKSTART, "--set", "train.backbone={type: pointnet2, output: seeds}");

        assertThat(validate.exitCode()).isEqualTo(2);
        assertThat(validate.said())
                .contains("'semantic-segmentation' needs point-features, which the backbone 'pointnet2' does not give");
    }
}
