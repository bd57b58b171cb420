package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.scenecontexts.cli.doctor.Doctor;
import org.scenecontexts.cli.doctor.Finding;
import org.scenecontexts.cli.doctor.Surroundings;
import org.scenecontexts.cli.doctor.Verdict;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what of this machine keeps csc from working, or from working well, and what to do. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Say what of this machine keeps csc from working well, and what to do about it.",
            "Looks at Java, processor, memory and limits of containers, plugins, kernels and devices, OpenCL, ND4J, MPI,"
                    + " write access, disk, clock and locale; each gets a verdict.",
            "Exit code 0 unless something will fail, then 1."
        })
final class DoctorCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--runs",
            paramLabel = "FOLDER",
            defaultValue = "runs",
            description = "Where runs are to be written (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Plugins plugins = main.discover(false)) {
            OptionalInt other = Restart.forAll(
                    plugins.catalog(),
                    spec.root().commandLine().getParseResult().originalArgs());
            if (other.isPresent()) {
                return other.getAsInt();
            }
            Surroundings machine = Surroundings.here(main.host().environment());
            Map<String, List<Finding>> examined =
                    Doctor.of(machine, plugins.catalog(), runs).examine();
            if (json) {
                out.println(Json.line(object(examined)));
            } else {
                text(examined, out);
            }
            out.flush();
            return Doctor.worst(examined) == Verdict.PROBLEM ? Failures.FAILED : 0;
        }
    }

    static void text(Map<String, List<Finding>> examined, PrintWriter out) {
        examined.forEach((check, findings) -> {
            for (Finding finding : findings) {
                out.println(String.format(
                        Locale.ROOT,
                        "%-8s %-13s %s",
                        finding.verdict().name().toLowerCase(Locale.ROOT),
                        check,
                        finding.found()));
                if (!finding.remedy().isEmpty()) {
                    out.println(String.format(Locale.ROOT, "%-22s -> %s", "", finding.remedy()));
                }
            }
        });
        long problems = count(examined, Verdict.PROBLEM);
        long warnings = count(examined, Verdict.WARNING);
        out.println(
                problems + warnings == 0
                        ? "nothing to do"
                        : problems
                                + (problems == 1 ? " problem, " : " problems, ")
                                + warnings
                                + (warnings == 1 ? " warning" : " warnings"));
    }

    private static long count(Map<String, List<Finding>> examined, Verdict verdict) {
        return examined.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    private static Map<String, Object> object(Map<String, List<Finding>> examined) {
        List<Map<String, Object>> checks = new ArrayList<>();
        examined.forEach((check, findings) -> {
            for (Finding finding : findings) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("check", check);
                one.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
                one.put("found", finding.found());
                one.put("remedy", finding.remedy());
                checks.add(one);
            }
        });
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("csc", Main.Version.number());
        object.put("verdict", Doctor.worst(examined).name().toLowerCase(Locale.ROOT));
        object.put("findings", checks);
        return object;
    }
}
