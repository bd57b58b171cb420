package org.scenecontexts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import sun.misc.Signal;

/**
 * Starts {@code csc} again where an engine needs a JVM that was started otherwise ({@link EngineFactory#jvm}), so that what few
 * pipelines need is no option of all others.
 */
final class Restart {

    /** Names the process that a restarted one belongs to. */
    private static final String OF = "csc.restarted-by";

    private static final String PRELOAD = "LD_PRELOAD";
    private static final int ENDED_BY_TERM = 143;

    private final List<String> options;
    private final Optional<Path> preload;

    private Restart(List<String> options, Optional<Path> preload) {
        this.options = options;
        this.preload = preload;
    }

    /**
     * Runs the same command line in a JVM that the engines can use, unless this one is as they need it.
     *
     * @param engines that are going to be used
     * @param arguments of the command line
     * @return the exit code of the other process, when there was one
     */
    static OptionalInt where(Collection<EngineFactory<?>> engines, List<String> arguments) {
        List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        Restart restart = of(
                engines.stream().map(EngineFactory::jvm).toList(),
                given,
                Optional.ofNullable(System.getenv(PRELOAD)).orElse(""));
        // Only the launcher, which sets this, knows how to start csc; not, for example, a test.
        boolean launched = System.getProperty("csc.home") != null && System.getProperty(OF) == null;
        return !launched || restart.options.isEmpty() && restart.preload.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(restart.run(given, arguments));
    }

    /** The same for all engines that there are, by a command that looks at their devices. */
    static OptionalInt forAll(PluginCatalog plugins, List<String> arguments) {
        List<EngineFactory<?>> factories = new ArrayList<>();
        plugins.factories(TensorEngine.class).forEach(registered -> {
            if (registered.factory() instanceof EngineFactory<?> engine) {
                factories.add(engine);
            }
        });
        return where(factories, arguments);
    }

    /** What a JVM lacks. */
    private static Restart of(List<EngineFactory.Jvm> needs, List<String> given, String preloaded) {
        Set<String> missing = new LinkedHashSet<>();
        needs.forEach(need -> missing.addAll(need.options()));
        given.forEach(missing::remove);
        Path chain = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        boolean chained = preloaded.contains(chain.getFileName().toString()) || !Files.exists(chain);
        return new Restart(
                List.copyOf(missing),
                chained || needs.stream().noneMatch(EngineFactory.Jvm::chainsSignals)
                        ? Optional.empty()
                        : Optional.of(chain));
    }

    private int run(List<String> given, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The archive of classes is this command's, which writes it when it ends.
        given.stream()
                .filter(option -> !option.equals("-XX:+AutoCreateSharedArchive"))
                .forEach(command::add);
        command.addAll(options);
        command.add("-D" + OF + "=" + ProcessHandle.current().pid());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        preload.ifPresent(library -> preload(builder.environment(), library));
        try {
            Process process = builder.start();
            forwardSignals(process);
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ENDED_BY_TERM;
        }
    }

    /**
     * Has the loader take a library first. Blanks divide its list, so that of a folder with blanks the library's name alone
     * stands there; it is looked for in the folders of LD_LIBRARY_PATH, which may have blanks.
     */
    static void preload(Map<String, String> environment, Path library) {
        boolean blanks = library.toString().chars().anyMatch(Character::isWhitespace);
        if (blanks) {
            environment.merge(
                    "LD_LIBRARY_PATH", String.valueOf(library.getParent()), (others, own) -> own + ":" + others);
        }
        String named = blanks ? String.valueOf(library.getFileName()) : library.toString();
        environment.merge(PRELOAD, named, (others, own) -> own + ":" + others);
    }

    /** Ctrl-C of a terminal reaches both processes by itself; whatever else asks this one to end is for the other. */
    private static void forwardSignals(Process process) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        for (String name : List.of("INT", "TERM")) {
            try {
                Signal.handle(new Signal(name), signal -> {
                    if (!terminal || !name.equals("INT")) {
                        process.destroy();
                    }
                });
            } catch (IllegalArgumentException e) {
                // Started with -Xrs, or a system without that signal: it ends this process, and the other notices.
            }
        }
    }

    /** In a restarted process: ends when the one that started it has ended, so that killing that one leaves nothing behind. */
    static void endWithStarter() {
        Optional.ofNullable(System.getProperty(OF))
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .ifPresent(starter ->
                        starter.onExit().thenRun(() -> Runtime.getRuntime().halt(ENDED_BY_TERM)));
    }
}
