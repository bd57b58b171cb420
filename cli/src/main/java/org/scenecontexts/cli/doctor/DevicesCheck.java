package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.scenecontexts.cli.doctor.Devices.Device;

/** Which engines there are and which kernels each would run. */
record DevicesCheck(Supplier<List<Device>> devices) implements Check {

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        List<Device> all = devices.get();
        if (all.stream().noneMatch(device -> device.name().equals("cpu"))) {
            findings.add(Finding.problem(
                    "no plugin offers the engine 'cpu', which every pipeline uses unless it says otherwise",
                    "install csc again; 'csc plugins doctor' says what is wrong with its plugins"));
        }
        for (Device device : all) {
            String what = "device '" + device.name() + "' (plugin '" + device.plugin() + "'): ";
            List<String> unusable = device.lines().stream()
                    .filter(line -> line.startsWith(Devices.UNUSABLE))
                    .toList();
            if (unusable.isEmpty()) {
                findings.add(Finding.ok(what + String.join("; ", device.lines())));
            } else {
                String remedy = device.name().equals("cpu")
                        ? "report this with the output of 'csc info'"
                        : "nothing, unless a pipeline says 'device: " + device.name()
                                + "'; the line says what is missing";
                String said = what + String.join("; ", unusable);
                // What nobody asked for may be missing: only the engine of all pipelines has to work.
                findings.add(
                        device.name().equals("cpu")
                                ? Finding.problem(said, remedy)
                                : new Finding(Verdict.OK, said, remedy));
            }
        }
        return findings;
    }
}
