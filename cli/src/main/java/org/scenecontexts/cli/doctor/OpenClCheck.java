package org.scenecontexts.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether OpenCL finds the graphics card that is there: in containers the driver's library is mounted in, and the file that
 * names it to the loader is not.
 */
record OpenClCheck(Surroundings machine) implements Check {

    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/local/lib",
            "/lib64");

    /** A kind of card: what shows that one is there, the library of its driver, and the name of the file that names it. */
    private record Card(String maker, List<String> signs, String word, String library, String file) {}

    private static final List<Card> CARDS = List.of(
            new Card(
                    "NVIDIA",
                    List.of("/proc/driver/nvidia/version", "/dev/nvidia0", "/dev/nvidiactl"),
                    "nvidia",
                    "libnvidia-opencl.so.1",
                    "nvidia.icd"),
            new Card("AMD", List.of("/dev/kfd"), "amd", "libamdocl64.so", "amdocl64.icd"));

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        Optional<Path> loader = library("libOpenCL.so.1");
        Optional<String> variable = Stream.of("OCL_ICD_VENDORS", "OPENCL_VENDOR_PATH")
                .filter(machine.environment()::containsKey)
                .findFirst();
        Optional<String> chosen = variable.map(machine.environment()::get);
        List<String> drivers = drivers(chosen);
        List<Card> cards = CARDS.stream()
                .filter(card -> card.signs().stream().anyMatch(sign -> Files.exists(machine.at(sign))))
                .toList();
        String where = variable.map(name -> machine.environment().get(name) + " (" + name + ")")
                .orElse("/etc/OpenCL/vendors");
        String listed = drivers.isEmpty() ? "no driver" : String.join(", ", drivers);
        for (Card card : cards) {
            boolean named = drivers.stream()
                    .anyMatch(driver -> driver.toLowerCase(Locale.ROOT).contains(card.word()));
            if (!named) {
                findings.add(Finding.warning(
                        "there is a card of " + card.maker() + ", but " + where + " lists " + listed, remedy(card)));
            }
        }
        if (loader.isEmpty() && !(cards.isEmpty() && drivers.isEmpty())) {
            findings.add(Finding.warning(
                    "the loader libOpenCL.so.1 is not there; " + where + " lists " + listed,
                    "install it, on Debian and Ubuntu the package ocl-icd-libopencl1"));
        } else if (loader.isEmpty()) {
            findings.add(
                    Finding.ok("there is no OpenCL, and no card that would need it; pipelines without 'device: opencl'"
                            + " do not either"));
        } else if (findings.isEmpty()) {
            findings.add(
                    drivers.isEmpty()
                            ? new Finding(
                                    Verdict.OK,
                                    "the loader is there (" + loader.get() + "), and " + where + " lists no driver",
                                    "for 'device: opencl' on the processor install the package pocl-opencl-icd")
                            : Finding.ok(loader.get() + "; " + where + " lists " + listed));
        }
        return findings;
    }

    private String remedy(Card card) {
        return library(card.library())
                .map(found ->
                        "write '" + card.library() + "' into a file " + card.file() + " in a folder of yours and set"
                                + " OCL_ICD_VENDORS to that folder (the driver lies in " + found.getParent() + ")")
                .orElse("install the OpenCL part of its driver (" + card.library()
                        + "); in a container let the host pass"
                        + " it in, for NVIDIA with NVIDIA_DRIVER_CAPABILITIES=compute,utility");
    }

    /** The libraries that the loader is told of, by file; a variable may name a folder, or one library. */
    private List<String> drivers(Optional<String> chosen) {
        Path folder = chosen.map(Path::of).orElse(machine.at("/etc/OpenCL/vendors"));
        if (chosen.isPresent() && !Files.isDirectory(folder)) {
            return List.of(chosen.get());
        }
        List<String> drivers = new ArrayList<>();
        for (Path file : machine.files(folder)) {
            if (file.toString().endsWith(".icd")) {
                drivers.add(file.getFileName() + read(file));
            }
        }
        return drivers;
    }

    private static String read(Path file) {
        try {
            return " (" + Files.readString(file).strip() + ")";
        } catch (IOException e) {
            return " (cannot be read)";
        }
    }

    private Optional<Path> library(String name) {
        Stream<Path> given = Stream.of(machine.environment()
                        .getOrDefault("LD_LIBRARY_PATH", "")
                        .split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.concat(given, LIBRARIES.stream().map(machine::at))
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
