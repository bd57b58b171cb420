package org.scenecontexts.pointgroup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.scenecontexts.io.array.Npz;

/** Finds the golden figures that lie beside the project; tests that need them are skipped where they are absent. */
public final class SharedFiles {

    private SharedFiles() {}

    /** A file of the shared folder. */
    public static Path path(String name) {
        Path file = Path.of(System.getProperty("csc.shared", "../../shared")).resolve(name);
        assumeTrue(
                Files.exists(file),
                () -> file + " is absent; set -Dcsc.shared to the folder that holds the golden figures");
        return file;
    }

    /** A golden archive. */
    public static Npz golden(String name) {
        return Npz.open(path("goldens").resolve(name));
    }
}
