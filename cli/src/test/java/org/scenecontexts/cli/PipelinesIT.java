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
import org.junit.jupiter.api.TestFactory;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/** Every pipeline that comes with the project is valid with the plugins that come with it. */
class PipelinesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
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

    /** Those of the third party's example need its plugin and are run by {@link ThirdPartyPluginIT}. */
    private static List<Path> pipelines() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(ROOT.resolve("pipelines")),
                Files.walk(ROOT.resolve("examples"))
                        .filter(file -> !file.startsWith(ROOT.resolve("examples/third-party-plugin"))))) {
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
        CommandLine csc = Main.commandLine(new Host(environment, List.of(PLUGINS), LocalExecutor::new));
        StringWriter said = new StringWriter();
        csc.setOut(new PrintWriter(said));
        csc.setErr(new PrintWriter(said));
        assertThat(csc.execute("validate", file.toString())).as("%s", said).isZero();
        assertThat(said.toString()).contains("is valid");
    }
}
