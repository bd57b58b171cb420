package org.scenecontexts.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether csc can write where it has to. */
record WriteCheck(Surroundings machine, Path runs, Path temporary) implements Check {

    @Override
    public String name() {
        return "write access";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(of("run folders in ", runs, "work in a folder of your own, or say --runs FOLDER"));
        findings.add(of(
                "temporary files in ",
                temporary,
                "say CSC_JAVA_OPTS=-Djava.io.tmpdir=FOLDER with a folder that you may write to"));
        if (noExecution()) {
            findings.add(Finding.warning(
                    temporary + " is mounted noexec: native libraries that plugins unpack there do not load",
                    "say CSC_JAVA_OPTS=-Djava.io.tmpdir=FOLDER with a folder on another file system"));
        }
        return findings;
    }

    private static Finding of(String what, Path folder, String remedy) {
        Path at = existing(folder);
        try {
            Path file = Files.createTempFile(at, ".csc-doctor-", "");
            Files.delete(file);
            return Finding.ok(what + folder + " can be written");
        } catch (IOException | SecurityException e) {
            return Finding.problem(what + folder + " cannot be written: " + e, remedy);
        }
    }

    /** A folder, or the one that it would be made in. */
    static Path existing(Path folder) {
        Path at = folder.toAbsolutePath().normalize();
        while (!Files.isDirectory(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** By the mount that is nearest above the folder. */
    private boolean noExecution() {
        String best = "";
        boolean none = false;
        for (String line : machine.lines("/proc/mounts").orElse(List.of())) {
            String[] parts = line.split(" ");
            if (parts.length > 3
                    && temporary.toAbsolutePath().normalize().startsWith(parts[1])
                    && parts[1].length() >= best.length()) {
                best = parts[1];
                none = List.of(parts[3].split(",")).contains("noexec");
            }
        }
        return none;
    }
}
