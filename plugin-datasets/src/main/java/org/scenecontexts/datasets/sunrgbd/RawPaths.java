package org.scenecontexts.datasets.sunrgbd;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.scenecontexts.api.data.CloudException;

/**
 * Finds files of the release by the paths that its tables hold, which are those of its authors' disk, now with a double and now
 * with a last slash.
 *
 * @param images the folder of the sensors
 */
record RawPaths(Path images) {

    private static final String ROOT = "SUNRGBD/";

    /** @param release the folder that holds {@code SUNRGBD}, or this folder itself */
    static RawPaths of(Path release) {
        Path inside = release.resolve("SUNRGBD");
        return new RawPaths(Files.isDirectory(inside) ? inside : release);
    }

    /** The part of a path below {@code SUNRGBD}, without doubled and last slashes. */
    static String below(String path) {
        String plain = path.strip().replace('\\', '/').replaceAll("/+", "/");
        int root = plain.indexOf(ROOT);
        String rest = root < 0 ? plain : plain.substring(root + ROOT.length());
        return rest.replaceAll("^/|/$", "");
    }

    /** The folder of an image: two levels above its depth picture. */
    static String folder(String depth) {
        String path = below(depth);
        for (int level = 0; level < 2; level++) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        return path;
    }

    /** @throws CloudException when no file can have such a name */
    Path find(String path) {
        try {
            return images.resolve(below(path));
        } catch (InvalidPathException e) {
            throw new CloudException("'" + path + "' is no path: " + e.getMessage() + "; the metadata are damaged", e);
        }
    }
}
