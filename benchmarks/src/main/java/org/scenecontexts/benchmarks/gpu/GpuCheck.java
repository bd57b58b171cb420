package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.scenecontexts.runtime.log.Json;

/**
 * Checks and measures a card in one go, for whoever has one for some minutes: the conformance suites on it, the losses of every
 * task and backbone against the processor's, steps and operators, memory, and the same networks in PyTorch where there is one.
 * Writes a page and the same as JSON; what fails is in both, and in the exit code.
 */
public final class GpuCheck {

    private final CheckOptions options;
    private final Deadline deadline;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Figures figures = new Figures();

    private GpuCheck(CheckOptions options) {
        this.options = options;
        deadline = Deadline.in(options.minutes());
    }

    /** @param arguments see {@link CheckOptions#USAGE} */
    public static void main(String[] arguments) throws IOException {
        Path pack = Path.of(System.getProperty("gpu-check.pack", "."));
        if (List.of(arguments).contains("--help")) {
            System.out.println(CheckOptions.USAGE);
            return;
        }
        Optional<CheckOptions> options = CheckOptions.of(List.of(arguments), pack);
        if (options.isEmpty()) {
            System.err.println(CheckOptions.USAGE);
            System.exit(2);
        }
        System.exit(new GpuCheck(options.orElseThrow()).run() ? 0 : 1);
    }

    /** What the limits are about comes first, for a machine that is lent may be taken back. */
    private List<CheckPart> parts() {
        CscProcess csc = new CscProcess(options, deadline);
        DeviceInfo info = new DeviceInfo(csc, DeviceKeys.of(options.device()));
        return List.of(
                new MachinePart(csc, info),
                new StepPart(csc, options, info),
                new PeerPart(options, csc),
                new LoopPart(csc, options, info),
                new RoundingPart(csc, options, info),
                new ShortTrainingPart(csc, options, info),
                new BarsPart(options, info),
                new ConformancePart(options, csc, info),
                new LossPart(csc, options),
                new RacecheckPart(options, csc, info, Objects.requireNonNullElse(System.getenv("PATH"), "")));
    }

    /** @return whether nothing failed */
    private boolean run() throws IOException {
        Files.createDirectories(options.work());
        Files.createDirectories(options.page().toAbsolutePath().getParent());
        if (!options.only().isEmpty()) {
            figures.lack("", "its part was not asked for");
        }
        List<CheckPart> parts =
                parts().stream().filter(part -> options.wants(part.title())).toList();
        for (CheckPart part : parts) {
            double before = deadline.seconds();
            System.out.printf(
                    Locale.ROOT, "[%d/%d] %.0f s: %s%n", outcomes.size() + 1, parts.size(), before, part.title());
            Outcome outcome = attempt(part).within(deadline.seconds() - before);
            outcomes.add(outcome);
            System.out.println(outcome.summary());
            // After every part: a machine that is lent may be taken back.
            write(deadline.seconds());
        }
        System.out.println("wrote " + options.page() + " and " + options.json());
        return outcomes.stream().noneMatch(outcome -> outcome.verdict() == Outcome.Verdict.FAILED);
    }

    /** A part that breaks is a result too: the others still count. */
    private Outcome attempt(CheckPart part) {
        try {
            if (deadline.isOver() && !part.takesNoTime()) {
                throw new LateException(deadline.reason());
            }
            return part.check(figures);
        } catch (LateException e) {
            figures.lack("", deadline.reason());
            return Outcome.of(part.title(), Outcome.Verdict.NOT_DONE, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return Outcome.of(part.title(), Outcome.Verdict.FAILED, "could not be done: " + e);
        }
    }

    private void write(double seconds) throws IOException {
        StringBuilder page = new StringBuilder("# What a card does\n\n");
        page.append(String.format(
                Locale.ROOT,
                "Written by `benchmarks/gpu-check%s` in %.0f seconds; changes by hand are lost.%n",
                options.text(),
                seconds));
        if (options.small()) {
            page.append(
                    "\n**A rehearsal: networks, clouds and runs are small, and the times say nothing about a card.**\n");
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            page.append(outcome.markdown());
            parts.add(outcome.json());
        }
        Files.writeString(options.page(), page.toString());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device", options.device());
        json.put("small", options.small());
        json.put("seconds", seconds);
        json.put("milliseconds", figures.all());
        json.put("ratios", figures.ratios());
        json.put("parts", parts);
        Json.write(options.json(), json);
    }
}
