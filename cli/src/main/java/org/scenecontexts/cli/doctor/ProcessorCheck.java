package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** How many processors csc gets, and which of their features its kernels can use. */
record ProcessorCheck(Surroundings machine) implements Check {

    private static final List<String> FEATURES =
            List.of("avx512f", "avx512bw", "avx2", "fma", "f16c", "bmi2", "asimd", "sve", "sve2", "asimddp");

    @Override
    public String name() {
        return "processor";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = machine.lines("/proc/cpuinfo").orElse(List.of());
        String model = lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
                .findFirst()
                .orElse(machine.property("os.arch"));
        Set<String> has = features(lines);
        String what = model + ", " + machine.processors() + " processors for csc"
                + (has.isEmpty() ? "" : ", " + String.join(" ", has));
        boolean intel = machine.property("os.arch").matches("amd64|x86_64");
        if (intel && !lines.isEmpty() && !(has.contains("avx2") && has.contains("fma"))) {
            findings.add(Finding.warning(
                    what + "; without avx2 and fma products take several times as long",
                    "use a machine of 2015 or later; in a virtual machine pass the host's processor through"));
        } else {
            findings.add(Finding.ok(what));
        }
        findings.addAll(shares(lines));
        return findings;
    }

    private static Set<String> features(List<String> lines) {
        Set<String> has = new TreeSet<>();
        lines.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .forEach(line ->
                        has.addAll(List.of(line.replaceFirst("^[^:]*:\\s*", "").split("\\s+"))));
        has.retainAll(FEATURES);
        return has;
    }

    private List<Finding> shares(List<String> lines) {
        long machineHas =
                lines.stream().filter(line -> line.startsWith("processor")).count();
        OptionalDouble quota = Cgroup.of(machine).processors();
        if (quota.isPresent() && quota.getAsDouble() < machine.processors()) {
            return List.of(Finding.warning(
                    String.format(
                            Locale.ROOT,
                            "the container gets the time of %.1f processors and csc starts %d threads, which wait for"
                                    + " one another",
                            quota.getAsDouble(),
                            machine.processors()),
                    "say --threads " + Math.max(1, (int) quota.getAsDouble()) + ", or give the container more"));
        }
        return machineHas > machine.processors()
                ? List.of(Finding.ok(
                        "the machine has " + machineHas + " processors; this process may use " + machine.processors()))
                : List.of();
    }
}
