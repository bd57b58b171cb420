package org.scenecontexts.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives NVIDIA's own compiler every source that {@link CudaStandIn} was given, for compute capabilities 8.0 and 9.0; what is emulated
 * there are instructions of matrix units here. A source is compiled once, and none where there is no nvcc, or one that does not know
 * these cards.
 */
final class RealCudaCompiler {

    private static final Logger LOG = LoggerFactory.getLogger(RealCudaCompiler.class);
    /** By how much the clock of a file system may be behind. */
    private static final long CLOCK_MILLIS = 2000;

    private static final String EMULATED = "#define MATRIX_EMULATED\n";

    private RealCudaCompiler() {}

    /**
     * Compiles what the stand-in was given.
     *
     * @param since sources that nobody has asked for since then are of another suite, or of another day
     * @throws AssertionError with what nvcc said of each source that it refuses
     */
    static void take(Instant since) {
        List<Path> sources = sources(CudaStandIn.folder(), since);
        if (sources.isEmpty()) {
            return;
        }
        if (!Commands.isThere("nvcc")) {
            LOG.warn("{} sources were not given to NVIDIA's compiler: there is no nvcc on the path", sources.size());
            return;
        }
        Optional<String> useless = refusalOfNothing();
        if (useless.isPresent()) {
            LOG.warn(
                    "{} sources were not given to NVIDIA's compiler, which is there but refuses an empty kernel: {}",
                    sources.size(),
                    useless.get());
            return;
        }
        long began = System.nanoTime();
        List<String> refused = sources.parallelStream()
                .flatMap(source -> refusal(source).stream())
                .toList();
        if (!refused.isEmpty()) {
            throw new AssertionError(String.join("\n", refused));
        }
        LOG.info(
                "nvcc takes {} sources for sm_80 and sm_90 ({} s)",
                sources.size(),
                (System.nanoTime() - began) / 1_000_000_000);
    }

    /** Why a toolkit is too old for these cards, or lacks a part; nothing of our sources. */
    private static Optional<String> refusalOfNothing() {
        Path folder = CudaStandIn.folder();
        Path source = folder.resolve("empty-" + ProcessHandle.current().pid() + ".cuda");
        Path out = Path.of(source + ".fatbin");
        try {
            Files.writeString(source, "extern \"C\" __global__ void nothing() {}\n");
            Commands.run(folder, command(source, out, false));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            return Optional.of(e.getMessage());
        } finally {
            source.toFile().delete();
            out.toFile().delete();
        }
    }

    /** Those that it has not taken yet. */
    private static List<Path> sources(Path folder, Instant since) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cu"))
                    .filter(file -> !Files.exists(taken(file)))
                    .filter(file -> file.toFile().lastModified() >= since.toEpochMilli() - CLOCK_MILLIS)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path taken(Path source) {
        return Path.of(source + ".taken");
    }

    private static List<String> refusal(Path source) {
        try {
            String text = Files.readString(source);
            String first = text.lines().findFirst().orElse("");
            Path real = Path.of(source + ".real");
            Path out = Path.of(source + ".fatbin");
            Files.writeString(real, text.replace(EMULATED, ""));
            Commands.run(source.getParent(), command(real, out, first.contains("--fmad=false")));
            Files.delete(real);
            Files.delete(out);
            Files.writeString(taken(source), first);
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> command(Path source, Path out, boolean apart) {
        return List.of(
                "nvcc",
                "--fatbin",
                "-x",
                "cu",
                "-std=c++17",
                "-gencode",
                "arch=compute_80,code=compute_80",
                "-gencode",
                "arch=compute_90,code=sm_90",
                "--fmad=" + !apart,
                // Of the prelude's functions a source uses some.
                "-diag-suppress",
                "177",
                "-o",
                out.toString(),
                source.toString());
    }
}
