package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.List;

/** Says what machine and what devices the other parts were done on, with their memory. */
record MachinePart(CscProcess csc, DeviceInfo info) implements CheckPart {

    @Override
    public String title() {
        return "Machine and devices";
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        CscProcess.Said said = info.said();
        List<List<String>> lines = said.said()
                .lines()
                .filter(line -> !line.startsWith("WARNING") && !line.contains(csc.folder()))
                .map(line -> List.of(line.strip()))
                .filter(line -> !line.getFirst().isEmpty())
                .toList();
        return Outcome.of(
                title(),
                said.code() == 0 ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                "`csc info`",
                List.of("what it said"),
                lines);
    }
}
