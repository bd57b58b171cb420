package org.scenecontexts.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.scenecontexts.cli.doctor.Devices.Device;
import org.scenecontexts.runtime.plugin.InstallablePlugin;

/** What only some machines have and some pipelines use: ND4J, and MPI for several machines at once. */
record OptionalPartsCheck(Surroundings machine, Supplier<List<Device>> devices) implements Check {

    @Override
    public String name() {
        return "nd4j, mpi";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        List<Device> nd4j = devices.get().stream()
                .filter(device -> device.name().toLowerCase(Locale.ROOT).contains("nd4j"))
                .toList();
        findings.add(Finding.ok(
                nd4j.isEmpty()
                        ? "ND4J: no plugin here offers it as a device, and no pipeline needs it; '"
                                + InstallablePlugin.ND4J.command() + "' fetches it"
                        : "ND4J: device '" + nd4j.getFirst().name() + "' of plugin '"
                                + nd4j.getFirst().plugin() + "'; see kernels"));
        findings.add(mpi());
        return findings;
    }

    private Finding mpi() {
        Optional<Path> launcher =
                machine.program("mpirun").or(() -> machine.program("mpiexec")).or(() -> machine.program("srun"));
        boolean inside = machine.environment().keySet().stream()
                .anyMatch(name -> name.startsWith("OMPI_COMM_WORLD") || name.startsWith("PMI_SIZE"));
        if (inside && !"1".equals(ranks())) {
            return new Finding(
                    Verdict.WARNING,
                    "MPI: this process is one of " + ranks() + " that a launcher started",
                    "start 'csc doctor' without mpirun, once on each kind of machine");
        }
        return Finding.ok(launcher.map(path -> "MPI: launcher " + path)
                .orElse("MPI: no launcher (mpirun, mpiexec, srun) on" + " the PATH; runs on one machine need none"));
    }

    private String ranks() {
        return machine.environment()
                .getOrDefault("OMPI_COMM_WORLD_SIZE", machine.environment().getOrDefault("PMI_SIZE", "several"));
    }
}
