package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Times the same networks in PyTorch, where {@code python3} has it. */
record PeerPart(CheckOptions options) implements CheckPart {

    private static final String SCRIPT = "device_steps.py";
    private static final String LINE = "PEER\t";

    @Override
    public String title() {
        return "PyTorch on the same machine";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        CscProcess.Said torch;
        try {
            torch = CscProcess.run(List.of("python3", "-c", "import torch, numpy"), options.work());
        } catch (IOException e) {
            return Outcome.of(title(), Outcome.Verdict.NOT_DONE, "there is no python3 on this machine");
        }
        if (torch.code() != 0) {
            return Outcome.of(title(), Outcome.Verdict.NOT_DONE, "python3 of this machine has no torch with numpy");
        }
        List<String> command = new ArrayList<>(List.of(
                "python3",
                options.pack().resolve("peers").resolve(SCRIPT).toString(),
                "--rooms",
                options.pack().resolve("goldens").resolve("rooms").toString()));
        if (options.small()) {
            command.add("--small");
        }
        CscProcess.Said said = CscProcess.run(command, options.work());
        List<List<String>> rows = said.said()
                .lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> List.of(line.substring(LINE.length()).split("\t", -1)))
                .toList();
        rows.forEach(row -> {
            if (row.getLast().matches("[0-9.]+")) {
                figures.put("torch/" + row.getFirst(), Double.parseDouble(row.getLast()));
            }
        });
        boolean passed = said.code() == 0 && !rows.isEmpty();
        return Outcome.of(
                title(),
                passed ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                passed
                        ? "medians of the same rooms and sizes; graph: one recorded CUDA graph"
                        : "exit code " + said.code() + ": "
                                + said.end().replace(options.pack().toString(), "the pack"),
                List.of("what", "ms"),
                rows);
    }
}
