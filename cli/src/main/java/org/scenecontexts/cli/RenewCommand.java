package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.runtime.record.MarkedText;
import org.scenecontexts.runtime.record.RecordedResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes recorded figures into the texts that cite them. */
@Command(
        name = "renew",
        mixinStandardHelpOptions = true,
        description = {
            "Write recorded figures into the Markdown files that cite them, and say what changed.",
            "A figure is cited as 0.640<!--= NAME KEY -->; docs/results/README.md says how, and how tables are."
        })
final class RenewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "docs/results",
            description = "Folder of the records (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--check", description = "Write nothing; fail where a text differs from its records.")
    private boolean check;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Markdown files.")
    private List<Path> files;

    @Override
    public Integer call() {
        RecordedResults results = new RecordedResults(folder);
        Map<Path, MarkedText.Renewed> all = new LinkedHashMap<>();
        List<MarkedText.Problem> problems = new ArrayList<>();
        for (Path file : files) {
            MarkedText.Renewed renewed = new MarkedText(file.toString(), read(file)).renewed(results);
            all.put(file, renewed);
            problems.addAll(renewed.problems());
        }
        PrintWriter err = spec.commandLine().getErr();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err.println("error: " + problem));
            err.println("nothing was written");
            err.flush();
            return Failures.FAILED;
        }
        return tell(all);
    }

    private int tell(Map<Path, MarkedText.Renewed> all) {
        PrintWriter out = spec.commandLine().getOut();
        int marks = 0;
        int changes = 0;
        for (Map.Entry<Path, MarkedText.Renewed> entry : all.entrySet()) {
            MarkedText.Renewed renewed = entry.getValue();
            renewed.changes().forEach(out::println);
            marks += renewed.marks();
            changes += renewed.changes().size();
            if (!check && !renewed.changes().isEmpty()) {
                byte[] text = renewed.text().getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(entry.getKey(), stream -> stream.write(text));
            }
        }
        out.println(marks + " marks, " + changes + (check ? " differ from the records" : " renewed"));
        out.flush();
        return check && changes > 0 ? Failures.FAILED : 0;
    }

    private String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "there is no file '" + file + "'");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }
}
