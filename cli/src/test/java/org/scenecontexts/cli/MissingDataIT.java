package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs a published pipeline without its data is told which folder is missing and where it comes from, before anything runs. */
class MissingDataIT {

    private static final Path PIPELINES =
            Path.of("..", "pipelines").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_0-9]+)");
    private static final List<String> SOURCES = List.of(
            "http://www.scan-net.org",
            "http://buildingparser.stanford.edu/dataset.html",
            "https://rgbd.cs.princeton.edu");

    @TempDir
    Path folder;

    /** Those of published data, which stand in folders; what lies beside them makes its own data. */
    private static List<Path> pipelines() throws IOException {
        try (Stream<Path> all = Files.walk(PIPELINES)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getParent().equals(PIPELINES))
                    .sorted()
                    .toList();
        }
    }

    /** All variables that pipelines ask for, none of which leads to anything. */
    private Map<String, String> nothing(List<Path> files) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (Path file : files) {
            Matcher variables = VARIABLE.matcher(Files.readString(file));
            while (variables.find()) {
                environment.put(
                        variables.group(1),
                        folder.resolve("no-" + variables.group(1)).toString());
            }
        }
        return environment;
    }

    @Test
    void everyPipelineSaysWhichFolderIsMissingAndWhereItComesFrom() throws IOException {
        List<Path> files = pipelines();
        assertThat(files).hasSizeGreaterThan(35);
        List<String> command = new ArrayList<>(List.of("validate"));
        files.forEach(file -> command.add(file.toString()));

        InProcess validate = InProcess.csc(nothing(files), command.toArray(String[]::new));

        assertThat(validate.exitCode()).as(validate.said()).isEqualTo(2);
        // Problems stand apart by an empty line and begin with file and place.
        List<String> problems = List.of(validate.said().split("\\R\\R"));
        for (Path file : files) {
            assertThat(problems)
                    .as(file.toString())
                    .anyMatch(problem -> problem.contains(file + ":")
                            && problem.contains("there is no file or folder '" + folder.resolve("no-S"))
                            && SOURCES.stream().anyMatch(problem::contains));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scannet/semseg.yaml",
                "scannet/pretrain-sparseconv.yaml",
                "s3dis/semseg-6fold.yaml",
                "sunrgbd/detection.yaml"
            })
    void aRunEndsWithItBeforeAnythingIsWritten(String name) throws IOException {
        Path file = PIPELINES.resolve(name);
        Path runs = folder.resolve("runs");

        InProcess run = InProcess.csc(nothing(List.of(file)), "run", file.toString(), "--runs", runs.toString());

        assertThat(run.exitCode()).as(run.said()).isEqualTo(2);
        assertThat(run.said())
                .contains("there is no file or folder '" + folder.resolve("no-S"))
                .containsAnyOf(SOURCES.toArray(String[]::new));
        assertThat(runs).doesNotExist();
    }
}
