package org.scenecontexts.cli.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.VectorApi;
import org.scenecontexts.cli.doctor.Devices.Device;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Runs checks, one after the other: a check that fails itself is a finding and does not keep the others from being made.
 *
 * @param checks in the order of the listing
 * @since 0.2
 */
public record Doctor(List<Check> checks) {

    public Doctor {
        checks = List.copyOf(checks);
    }

    /**
     * All checks of a machine.
     *
     * @param runs where runs are written
     */
    public static Doctor of(Surroundings machine, PluginCatalog plugins, Path runs) {
        Supplier<List<Device>> devices = once(() -> Devices.of(plugins));
        return new Doctor(List.of(
                new JavaCheck(machine, VectorApi.isPresent()),
                new ProcessorCheck(machine),
                new MemoryCheck(machine),
                new PluginsCheck(plugins),
                new DevicesCheck(devices),
                new OpenClCheck(machine),
                new OptionalPartsCheck(machine, devices),
                new WriteCheck(machine, runs, Path.of(machine.property("java.io.tmpdir"))),
                new DiskCheck(runs, new DiskCheck.RealDisk()),
                new ClockCheck(machine, Clock.systemDefaultZone(), runs),
                new LocaleCheck(machine, Locale.getDefault())));
    }

    private static <T> Supplier<List<T>> once(Supplier<List<T>> source) {
        List<List<T>> kept = new ArrayList<>();
        return () -> {
            if (kept.isEmpty()) {
                kept.add(source.get());
            }
            return kept.getFirst();
        };
    }

    /** What all checks found, by their names. */
    public Map<String, List<Finding>> examine() {
        Map<String, List<Finding>> all = new LinkedHashMap<>();
        for (Check check : checks) {
            List<Finding> findings;
            try {
                findings = check.run();
            } catch (RuntimeException | LinkageError e) {
                findings = List.of(Finding.warning(
                        "this could not be looked at: " + e, "report this with the output of 'csc doctor --json'"));
            }
            all.put(check.name(), findings);
        }
        return all;
    }

    /** The worst of all verdicts. */
    public static Verdict worst(Map<String, List<Finding>> examined) {
        return examined.values().stream()
                .flatMap(List::stream)
                .map(Finding::verdict)
                .max(Verdict::compareTo)
                .orElse(Verdict.OK);
    }
}
