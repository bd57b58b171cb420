package org.scenecontexts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the pages of the manual that the distribution holds. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = "Write a page of the manual for every command, as man(1) shows them.",
        footer = {"", "Example:", "  csc man ~/.local/share/man/man1"})
final class ManCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Where to write them; pages of the same names are replaced.")
    private Path folder;

    @Override
    public Integer call() {
        List<CommandSpec> commands = new ArrayList<>();
        collect(spec.root(), commands);
        try {
            Files.createDirectories(folder);
            for (CommandSpec command : commands) {
                Files.writeString(
                        folder.resolve(ManPage.fileName(command)), ManPage.of(command), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the pages of the manual cannot be written there: " + e, e);
        }
        spec.commandLine().getOut().println("wrote " + commands.size() + " pages into " + folder);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void collect(CommandSpec command, List<CommandSpec> found) {
        found.add(command);
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(sub -> !sub.usageMessage().hidden())
                .forEach(sub -> collect(sub, found));
    }
}
