package org.scenecontexts.benchmarks.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for races in local memory with NVIDIA's own tool where that is found, as equal bits of two runs cannot show all of them.
 *
 * @param searched where the tool is looked for, as the environment variable PATH has it
 */
record RacecheckPart(CheckOptions options, CscProcess csc, DeviceInfo info, String searched) implements CheckPart {

    private static final String TOOL = "compute-sanitizer";

    /** Its kernels share most through local memory: the tiles of convolution. */
    private static final String SUITE = "DeviceSparseConvKernelsTest";

    /** Begins the lines of the tool. */
    private static final String LINE = "=========";

    private static final Pattern SUMMARY = Pattern.compile("RACECHECK SUMMARY: (\\d+) hazards?.*");

    /** It is optional, and the tool is slow. */
    private static final int MOST_SECONDS = 180;

    @Override
    public String title() {
        return "Races in local memory";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        if (info.drivers().by(Driver.CUDA).isEmpty()) {
            return notDone(TOOL + " is for CUDA, and " + info.drivers().why());
        }
        Optional<Path> tool = find();
        if (tool.isEmpty()) {
            return notDone(TOOL + " was not found on the PATH; it comes with the CUDA toolkit");
        }
        Suites suites = new Suites(options);
        List<String> one =
                suites.classes().stream().filter(name -> name.endsWith(SUITE)).toList();
        if (one.isEmpty()) {
            return notDone("the pack has no suite " + SUITE);
        }
        List<String> command =
                new ArrayList<>(List.of(tool.get().toString(), "--tool", "racecheck", "--target-processes", "all"));
        command.addAll(suites.command(Driver.CUDA, one));
        CscProcess.Said said = csc.run(command, suites.folder(), MOST_SECONDS);
        Files.writeString(options.work().resolve("racecheck.log"), said.said());
        return judge(said);
    }

    /** By the last line of the tool; the suite may fail as well. */
    Outcome judge(CscProcess.Said said) {
        String last = said.said()
                .lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip())
                .filter(line -> !line.isEmpty())
                .reduce("", (before, line) -> line);
        var summary = SUMMARY.matcher(last);
        if (!summary.matches()) {
            return notDone(TOOL + " came to no summary: " + (last.isEmpty() ? said.end() : last)
                    + "; see racecheck.log in the folder work of the pack");
        }
        boolean passed = said.code() == 0 && Integer.parseInt(summary.group(1)) == 0;
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                SUITE + " under " + TOOL + ": " + last + (said.code() == 0 ? "" : "; exit code " + said.code()));
    }

    private Optional<Path> find() {
        return Stream.of(searched.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, TOOL))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Outcome notDone(String reason) {
        return Outcome.of(title(), Outcome.Verdict.NOT_DONE, reason.replace(csc.folder(), "the pack"));
    }
}
