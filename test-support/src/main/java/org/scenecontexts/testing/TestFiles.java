package org.scenecontexts.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * Finds the files that tests compare with, so that a clone with nothing beside it compares with as much as it can.
 *
 * <p>Golden figures of the published programs lie in {@code goldens/} of the project (its README says how they were made).
 * What is too large for it, or not ours to pass on, lies in a folder {@code shared} beside the checkout, or where
 * {@code -Dcsc.shared=FOLDER} says (relative to the project's root). A test whose file is in neither place is skipped, with
 * the file and the places as its reason.
 *
 * <p>Ask for files before {@code assertThatThrownBy} and its like: inside, a skipped test looks like a failed one.
 *
 * @since 0.1
 */
public final class TestFiles {

    private final Path root;
    private final Path shared;

    /**
     * @param root the project's root
     * @param shared what lies beside it; need not exist
     */
    TestFiles(Path root, Path shared) {
        this.root = root;
        this.shared = shared;
    }

    /**
     * A file or folder of golden figures, those of the project before those beside it.
     *
     * @param name path under {@code goldens/}, e.g. {@code more/pair_items.npz}; empty for the folder itself
     * @return an absolute path that exists
     * @throws TestAbortedException where it is absent
     */
    public static Path golden(String name) {
        return here().findGolden(name);
    }

    /**
     * A file or folder that only lies beside the project, such as real clouds.
     *
     * @param name path under the shared folder, e.g. {@code data/osd}
     * @return an absolute path that exists
     * @throws TestAbortedException where it is absent
     */
    public static Path shared(String name) {
        return here().findShared(name);
    }

    /**
     * The project's root: the nearest folder from the working directory upward that holds {@code mvnw}.
     *
     * @throws IllegalStateException where tests run outside a checkout
     */
    public static Path root() {
        return rootAbove(Path.of("").toAbsolutePath());
    }

    static Path rootAbove(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder from " + start + " upward holds mvnw; run tests in a checkout");
    }

    private static TestFiles here() {
        Path root = root();
        String set = System.getProperty("csc.shared", "");
        return new TestFiles(
                root, root.resolve(set.isEmpty() ? "../shared" : set).normalize());
    }

    Path findGolden(String name) {
        return find(name, List.of(root.resolve("goldens"), shared.resolve("goldens")));
    }

    Path findShared(String name) {
        return find(name, List.of(shared));
    }

    private static Path find(String name, List<Path> places) {
        List<Path> tried = new ArrayList<>();
        for (Path place : places) {
            Path file = place.resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            tried.add(place);
        }
        throw new TestAbortedException(
                name + " is not in " + tried + "; set -Dcsc.shared to a folder that holds it to run this test");
    }
}
