package org.scenecontexts.runtime.execute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.runtime.code.CodePart;
import org.scenecontexts.runtime.load.LoaderThreads;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * What a run is made with and on, for those who want to repeat it.
 *
 * @since 0.1
 */
public final class Environment {

    private static final String UNPACKAGED = "development";

    private static final Checkout CHECKOUT = Checkout.of(System.getProperty("csc.home", ""));

    private Environment() {}

    /** Version of this program; {@code development} when it does not run from its jar. */
    public static String version() {
        return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
                .orElse(UNPACKAGED);
    }

    /** Versions of all plugins, by id. */
    static Map<String, String> plugins(PluginCatalog catalog) {
        Map<String, String> versions = new LinkedHashMap<>();
        catalog.plugins().forEach(plugin -> versions.put(plugin.id(), plugin.version()));
        return versions;
    }

    /** {@code id version} of the plugin that a factory comes from. */
    static String plugin(PluginCatalog catalog, Factory<?, ?, ?> factory) {
        return catalog.factories().stream()
                .filter(registered -> registered.factory() == factory)
                .map(registered -> registered.plugin() + " " + registered.version())
                .findFirst()
                .orElse("unknown");
    }

    /**
     * What a stage is made with and on, for its {@code environment.json}; nothing about the time.
     *
     * @param threads that compute
     * @param workers that prepare samples, where a stage has threads for that
     * @param device what they compute on, in words
     */
    static Map<String, Object> ofStage(
            Map<String, CodePart> code, long seed, int threads, Optional<LoaderThreads> workers, String device) {
        Map<String, Object> values = machine(seed, threads);
        workers.ifPresent(loading -> values.put("workers", loading.count()));
        values.put("device", device);
        Map<String, Object> parts = new LinkedHashMap<>();
        code.forEach((name, part) -> parts.put(
                name, Map.of("version", part.version(), "file", part.file(), "contents_sha256", part.hash())));
        values.put("code", parts);
        return values;
    }

    /** What the last call of a run was made with and on; each stage has its own. */
    static Map<String, Object> ofCall(PluginCatalog catalog, long seed, int threads) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("about", "the last call of this run; what a stage was made with is in the folder of the stage");
        values.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        values.putAll(machine(seed, threads));
        values.put("plugins", plugins(catalog));
        return values;
    }

    private static Map<String, Object> machine(long seed, int threads) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("csc", version());
        CHECKOUT.commit().ifPresent(commit -> values.put("commit", commit));
        values.put("seed", seed);
        values.put("threads", threads);
        values.put("java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"));
        values.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        values.put("cpu", cpu());
        values.put("cores", Runtime.getRuntime().availableProcessors());
        values.put("heap_limit_bytes", Runtime.getRuntime().maxMemory());
        return values;
    }

    private static String cpu() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try {
                return Files.readAllLines(info, StandardCharsets.UTF_8).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown");
            } catch (IOException e) {
                return "unknown";
            }
        }
        return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "unknown");
    }
}
