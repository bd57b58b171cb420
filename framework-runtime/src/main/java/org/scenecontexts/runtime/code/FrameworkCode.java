package org.scenecontexts.runtime.code;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The framework's own code as it was when this process first asked, which is at the start of a run: jars that are built anew
 * later are not what runs.
 *
 * @since 0.1
 */
public final class FrameworkCode {

    private static final List<CodePart> PARTS = find();

    private FrameworkCode() {}

    /** API, file formats, kernels that plugins share, and runtime; in tests their folders of classes. */
    public static List<CodePart> parts() {
        return PARTS;
    }

    private static List<CodePart> find() {
        List<CodePart> parts = new ArrayList<>();
        add(parts, "framework-api", Factory.class);
        add(parts, "framework-io", AtomicFile.class);
        add(parts, "framework-runtime", FrameworkCode.class);
        sharedKernels().ifPresent(tiles -> add(parts, "kernels-cpu", tiles));
        return List.copyOf(parts);
    }

    /** By name: plugins compute with them, the runtime itself does not know them. */
    private static Optional<Class<?>> sharedKernels() {
        try {
            return Optional.of(Class.forName(
                    "org.scenecontexts.kernels.tile.TileProducts", false, FrameworkCode.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void add(List<CodePart> parts, String name, Class<?> inside) {
        CodeSource source = inside.getProtectionDomain().getCodeSource();
        String version = inside.getPackage().getImplementationVersion();
        try {
            Path place = Path.of(source.getLocation().toURI());
            parts.add(CodePart.at(place, name, version == null ? "?" : version));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            throw new IllegalStateException(
                    name + ": is loaded from " + source.getLocation() + ", which is no file or folder", e);
        }
    }
}
