package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Times the same networks in PyTorch, where {@code python3} has it. */
record PeerPart(CheckOptions options, CscProcess csc) implements CheckPart {

    private static final String SCRIPT = "device_steps.py";
    /** What the names of its figures begin with. */
    static final String FIGURE = "torch/";

    /** What the names of those end with that are no times. */
    static final String RELATIVE = ", relative difference to fp32";

    private static final String LINE = "PEER\t";

    @Override
    public String title() {
        return "PyTorch on the same machine";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        CscProcess.Said torch;
        try {
            torch = csc.run(List.of("python3", "-c", "import torch, numpy"), options.work());
        } catch (LateException e) {
            throw e;
        } catch (IOException e) {
            return notDone(figures, "there is no python3 on this machine");
        }
        if (torch.code() != 0) {
            return notDone(figures, "python3 of this machine has no torch with numpy");
        }
        List<String> command = new ArrayList<>(List.of(
                "python3",
                options.pack().resolve("peers").resolve(SCRIPT).toString(),
                "--rooms",
                options.pack().resolve("goldens").resolve("rooms").toString()));
        if (options.small()) {
            command.add("--small");
        }
        CscProcess.Said said = csc.run(command, options.work());
        List<List<String>> rows = said.said()
                .lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> List.of(line.substring(LINE.length()).split("\t", -1)))
                .toList();
        rows.forEach(row -> take(row.getFirst(), row.getLast(), figures));
        boolean passed = said.code() == 0 && !rows.isEmpty();
        figures.lack(FIGURE, "PyTorch did not get there");
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                passed
                        ? "medians of the same rooms and sizes in ms; graph: one recorded CUDA graph"
                        : "exit code " + said.code() + ": "
                                + said.end().replace(options.pack().toString(), "the pack"),
                List.of("what", "found"),
                rows);
    }

    private static void take(String name, String value, Figures figures) {
        if (name.endsWith(RELATIVE)) {
            figures.ratio(FIGURE + name, Double.parseDouble(value));
        } else if (value.matches("[0-9.]+")) {
            figures.put(FIGURE + name, Double.parseDouble(value));
        } else {
            figures.lack(FIGURE + name, "PyTorch: " + value);
        }
    }

    private Outcome notDone(Figures figures, String reason) {
        figures.lack(FIGURE, reason);
        return Outcome.of(title(), Outcome.Verdict.NOT_DONE, reason);
    }
}
