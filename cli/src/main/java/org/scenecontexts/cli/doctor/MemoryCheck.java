package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Whether the memory that csc may take is there, and enough. */
record MemoryCheck(Surroundings machine) implements Check {

    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        Cgroup group = Cgroup.of(machine);
        long limit = group.memory().orElse(machine.memory());
        String who =
                group.memory().isPresent() ? "the container's limit (cgroup v" + group.version() + ")" : "the machine";
        String what = "csc takes up to " + Surroundings.gibi(machine.heap()) + " of heap; " + who + " has "
                + (limit == 0 ? "an unknown amount" : Surroundings.gibi(limit));
        if (limit > 0 && machine.heap() > limit) {
            findings.add(Finding.problem(
                    what + ": csc is killed without a word when it gets there",
                    "say CSC_JAVA_OPTS=-Xmx" + limit * 7 / 10 / MEBI + "m, or give the container more"));
        } else if (machine.heap() < GIBI) {
            findings.add(Finding.warning(
                    what + "; scenes of a room need 1 GiB and more",
                    "say CSC_JAVA_OPTS=-Xmx3g, or use a machine with more memory"));
        } else {
            findings.add(Finding.ok(what));
        }
        free(findings);
        OptionalLong killed = group.killed();
        if (killed.orElse(0) > 0) {
            findings.add(Finding.warning(
                    killed.getAsLong() + " processes of this container were killed for lack of memory",
                    "give the container more memory, or csc less: CSC_JAVA_OPTS=-Xmx2g"));
        }
        return findings;
    }

    private void free(List<Finding> findings) {
        machine.lines("/proc/meminfo").orElse(List.of()).stream()
                .filter(line -> line.matches("MemAvailable:\\s+\\d+ kB"))
                .findFirst()
                .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .filter(available -> available < Math.min(machine.heap(), 2 * GIBI))
                .ifPresent(available -> findings.add(Finding.warning(
                        "other programs leave " + Surroundings.gibi(available) + " of memory at the moment",
                        "end some of them, or say CSC_JAVA_OPTS=-Xmx" + Math.max(512, available * 7 / 10 >> 20)
                                + "m")));
    }
}
