package org.scenecontexts.io;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the goldens and real clouds that lie beside the project; tests are skipped where they are absent. */
public final class SharedFiles {

    private SharedFiles() {}

    public static Path require(String name) {
        String set = System.getProperty("csc.shared", "");
        List<Path> places =
                set.isEmpty() ? List.of(Path.of("../../shared"), Path.of("../shared")) : List.of(Path.of(set));
        for (Path place : places) {
            if (Files.exists(place.resolve(name))) {
                return place.resolve(name);
            }
        }
        assumeTrue(false, name + " is not in " + places + "; set -Dcsc.shared to the folder that holds it");
        throw new AssertionError("unreachable");
    }
}
