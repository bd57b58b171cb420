package org.scenecontexts.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.plugin.PluginReport;
import org.scenecontexts.runtime.plugin.Plugins;

/** Plugin jars, changed: what is broken is reported, and never stops the program. */
class PluginJarsFuzzTest {

    private static final List<String> TOKENS = List.of(
            "Plugin-Id: \n",
            "Plugin-Requires: >=99\n",
            "Plugin-Dependencies: a, b@>1.0\n",
            "Plugin-Class: java.lang.Runtime\n",
            "Class-Path: http://localhost/x.jar ../../x.jar\n",
            "\r\n",
            "com.example.Missing\n",
            "java.lang.String\n",
            "java.lang.Object\n");

    /** A factory; its class file is packed as a plugin's would be. */
    private static final String FACTORY = "org.scenecontexts.cli.Toys$Label";

    @TempDir
    Path folder;

    private static byte[] jar(boolean services) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                "META-INF/MANIFEST.MF",
                ascii(
                        "Manifest-Version: 1.0\r\nPlugin-Id: fuzzed\r\nPlugin-Version: 1.0.0\r\nPlugin-Requires: >=0.2.0\r\n"
                                + "Plugin-Description: A toy.\r\nPlugin-Provider: nobody\r\n\r\n"));
        files.put(
                services ? "META-INF/services/org.scenecontexts.api.task.TaskFactory" : "META-INF/extensions.idx",
                ascii("# made by hand\n" + FACTORY + "\n"));
        for (String name : List.of(FACTORY, FACTORY + "$Config")) {
            String path = name.replace('.', '/') + ".class";
            try (InputStream in = PluginJarsFuzzTest.class.getClassLoader().getResourceAsStream(path)) {
                files.put(path, in.readAllBytes());
            }
        }
        return Archives.pack(files, true);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Refusals are reports here; {@link Fuzz} wants to see them. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private void read(Path file) {
        try (Plugins plugins = Plugins.discover(List.of(file.getParent()))) {
            PluginReport report = plugins.catalog().plugins().stream()
                    .filter(plugin -> plugin.location().endsWith(file.getFileName()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the jar is not mentioned at all"));
            assertThat(report.extensions().isEmpty() && report.problems().isEmpty())
                    .isFalse();
            if (report.status() == PluginReport.Status.FAILED) {
                throw new Refused(report.problems().toString());
            }
        }
    }

    @Test
    void jars() throws IOException {
        List<byte[]> seeds = List.of(jar(true), jar(false));
        Mutations whole = new Mutations(seeds, List.of(), 71);
        new Fuzz("plugin jars", folder, "p.jar", this::read, Refused.class)
                .run(seeds, number -> Archives.mutant(seeds, whole, TOKENS, 71, number));
    }
}
