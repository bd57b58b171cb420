package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.cli.doctor.Finding;
import org.scenecontexts.cli.doctor.Verdict;

/** How {@code csc doctor} says what its checks find. */
class DoctorCommandTest {

    @Test
    void everythingThatWasLookedAtIsInTheJsonAndAProblemIsInTheExitCode() throws IOException {
        // Nobody can make files there, the superuser included.
        Path closed = Path.of("/proc/self");
        assumeThat(closed).isDirectory();
        InProcess doctor = InProcess.csc("doctor", "--json", "--runs", closed.toString());
        JsonNode report = new ObjectMapper().readTree(doctor.said());
        List<String> checks = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        report.get("findings").forEach(finding -> {
            checks.add(finding.get("check").asText());
            assertThat(finding.get("verdict").asText()).isIn("ok", "warning", "problem");
            assertThat(finding.get("found").asText()).isNotBlank();
            if (finding.get("verdict").asText().equals("problem")) {
                problems.add(finding.get("check").asText());
            }
        });
        assertThat(checks)
                .contains(
                        "java",
                        "processor",
                        "memory",
                        "plugins",
                        "kernels",
                        "opencl",
                        "nd4j, mpi",
                        "write access",
                        "disk",
                        "clock",
                        "locale");
        assertThat(problems).contains("write access");
        assertThat(report.get("verdict").asText()).isEqualTo("problem");
        assertThat(doctor.exitCode()).isEqualTo(Failures.FAILED);
    }

    @Test
    void textHasAVerdictBeforeAndARemedyBelowEachSentenceAndCountsThem() {
        Map<String, List<Finding>> examined = new LinkedHashMap<>();
        examined.put("clock", List.of(new Finding(Verdict.OK, "it is noon", "")));
        examined.put("disk", List.of(new Finding(Verdict.WARNING, "it is slow", "take another")));
        StringWriter said = new StringWriter();
        DoctorCommand.text(examined, new PrintWriter(said, true));
        assertThat(said.toString().lines())
                .containsExactly(
                        "ok       clock         it is noon",
                        "warning  disk          it is slow",
                        "                       -> take another",
                        "0 problems, 1 warning");
    }
}
