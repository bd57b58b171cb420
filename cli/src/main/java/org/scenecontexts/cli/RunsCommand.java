package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.log.Sizes;
import org.scenecontexts.runtime.run.Generations.Generation;
import org.scenecontexts.runtime.run.StoredRuns;
import org.scenecontexts.runtime.run.StoredRuns.StoredRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what earlier runs left, removes the results that later calls replaced, and puts those that stay on record. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecordCommand.class, RenewCommand.class},
        description = {
            "List run folders, remove results that were replaced, and put figures on record.",
            "When a run is called again with changes, what it would overwrite is kept in numbered generations."
        })
final class RunsCommand implements Runnable {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: list, clean, record or renew.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "List run folders with their stages and sizes, and what was replaced in them.")
    int list(
            @Option(
                            names = "--runs",
                            paramLabel = "DIR",
                            defaultValue = "runs",
                            description = "Folder of run folders (default: ${DEFAULT-VALUE}).")
                    Path folder,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "Runs to show; all when left out.")
                    List<String> names) {
        PrintWriter out = spec.commandLine().getOut();
        List<StoredRun> runs = chosen(folder, names);
        if (runs.isEmpty()) {
            out.println("no runs in " + folder.toAbsolutePath().normalize());
        }
        for (StoredRun run : runs) {
            out.println(run.name() + "  " + Sizes.text(run.bytes()));
            if (!run.finished().isEmpty()) {
                out.println("  finished      " + String.join(", ", run.finished()));
            }
            if (!run.unfinished().isEmpty()) {
                out.println("  not finished  " + String.join(", ", run.unfinished()));
            }
            run.replaced().forEach(generation -> out.println("  replaced " + line(generation)));
        }
        out.flush();
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {"Remove what later calls of a run replaced; the present results stay.", "Asks first."})
    int clean(
            @Option(
                            names = "--runs",
                            paramLabel = "DIR",
                            defaultValue = "runs",
                            description = "Folder of run folders (default: ${DEFAULT-VALUE}).")
                    Path folder,
            @Option(
                            names = "--keep",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Keep the newest N generations of each run (default: ${DEFAULT-VALUE}).")
                    int keep,
            @Option(names = "--yes", description = "Remove without asking.") boolean yes,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "Runs to clean; all when left out.")
                    List<String> names) {
        if (keep < 0) {
            throw new ParameterException(spec.commandLine(), "--keep must be at least 0, found " + keep);
        }
        PrintWriter out = spec.commandLine().getOut();
        record Removal(StoredRun run, List<Generation> generations) {}
        List<Removal> removals = new ArrayList<>();
        long bytes = 0;
        for (StoredRun run : chosen(folder, names)) {
            List<Generation> old =
                    run.replaced().subList(0, Math.max(0, run.replaced().size() - keep));
            if (!old.isEmpty()) {
                removals.add(new Removal(run, old));
                out.println(run.name());
                old.forEach(generation -> out.println("  replaced " + line(generation)));
                bytes += old.stream().mapToLong(Generation::bytes).sum();
            }
        }
        if (removals.isEmpty()) {
            out.println("nothing to remove in " + folder.toAbsolutePath().normalize());
            out.flush();
            return 0;
        }
        out.flush();
        if (!yes && !agreed(bytes)) {
            out.println("nothing was removed");
            out.flush();
            return 0;
        }
        removals.forEach(removal -> StoredRuns.remove(removal.run(), removal.generations()));
        out.println("removed " + Sizes.text(bytes));
        out.flush();
        return 0;
    }

    private boolean agreed(long bytes) {
        return main.host()
                .questions()
                .agreed("Remove these results, " + Sizes.text(bytes) + ", for good?")
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "nobody can be asked here, so nothing was removed; add --yes to remove the above"));
    }

    /** The run of that name. */
    StoredRun run(Path folder, String name) {
        return chosen(folder, List.of(name)).getFirst();
    }

    private List<StoredRun> chosen(Path folder, List<String> names) {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no folder '" + folder + "' (looked in "
                            + Path.of("").toAbsolutePath() + "); --runs names another");
        }
        List<StoredRun> runs = StoredRuns.in(folder);
        if (names == null || names.isEmpty()) {
            return runs;
        }
        TreeSet<String> known = new TreeSet<>();
        runs.forEach(run -> known.add(run.name()));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        ("there is no run '" + name + "' in " + folder + ". " + Names.didYouMean(name, known)).strip());
            }
        }
        return runs.stream().filter(run -> names.contains(run.name())).toList();
    }

    private static String line(Generation generation) {
        return "%-4s %10s  %s"
                .formatted(generation.name(), Sizes.text(generation.bytes()), String.join(", ", generation.stages()));
    }
}
