package org.scenecontexts.resident.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps compiled programs on disk, since a driver needs a second or more for a source: a file for each source, options and
 * driver, which begins with the digest of the rest. What is damaged is told and made anew; a folder that cannot be written costs
 * time and nothing else.
 */
public final class ProgramCache {

    /** The folder, where the user wants another. */
    public static final String PROPERTY = "csc.cache";

    /** Changes when the files do. */
    private static final String FORMAT = "csc-program-1";

    private static final int DIGEST_BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(ProgramCache.class);

    private final Path folder;

    /** Whether it was said that nothing can be kept: one program of many need not say it again. */
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param folder for its files; made when the first is written */
    public ProgramCache(Path folder) {
        this.folder = folder;
    }

    /**
     * In the system's folder for such files, in that of {@code XDG_CACHE_HOME}, or in that of {@value #PROPERTY}.
     *
     * @param backend {@link ComputeDevice#backend}; each has a folder of its own
     */
    public static ProgramCache ofUser(String backend) {
        Optional<Path> chosen =
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
        return new ProgramCache(chosen.orElseGet(ProgramCache::usual).resolve(backend));
    }

    private static Path usual() {
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return environment("LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("csc");
        }
        return system.startsWith("mac")
                ? home.resolve("Library").resolve("Caches").resolve("csc")
                : environment("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("csc");
    }

    private static Optional<Path> environment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** The file of a program, whether it is there or not. */
    public Path file(ComputeDevice device, String options, String source) {
        List<String> parts = List.of(FORMAT, device.platform(), device.name(), device.driver(), options, source);
        return folder.resolve(HexFormat.of()
                .formatHex(digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8)))
                .concat(".bin"));
    }

    /** What was kept in a file, unless it is damaged, which is said. */
    public Optional<byte[]> read(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] all = Files.readAllBytes(file);
            if (all.length > DIGEST_BYTES) {
                byte[] binary = Arrays.copyOfRange(all, DIGEST_BYTES, all.length);
                if (Arrays.equals(digest(binary), Arrays.copyOf(all, DIGEST_BYTES))) {
                    return Optional.of(binary);
                }
            }
            refused(file, name, "it is damaged (" + all.length + " bytes)");
        } catch (IOException e) {
            refused(file, name, "it cannot be read: " + e);
        }
        return Optional.empty();
    }

    /** Says that a kept program is not used. */
    void refused(Path file, String name, String why) {
        LOG.warn("the compiled {} in {} is not used, {}; it is compiled again", name, file, why);
    }

    /** Keeps a program; whoever reads at the same time finds the old file or the new one. */
    public void write(Path file, byte[] binary) {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "new-", ".tmp");
            try {
                byte[] all = Arrays.copyOf(digest(binary), DIGEST_BYTES + binary.length);
                System.arraycopy(binary, 0, all, DIGEST_BYTES, binary.length);
                Files.write(temporary, all);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            if (!told.getAndSet(true)) {
                LOG.info("compiled kernels are not kept, {} cannot be written: {}", folder, e.toString());
            }
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
