package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.bench.BenchReport;
import org.scenecontexts.bench.BenchRunner;
import org.scenecontexts.bench.BenchTable;
import org.scenecontexts.bench.Machine;
import org.scenecontexts.bench.MeasuredWorkload;
import org.scenecontexts.bench.Pace;
import org.scenecontexts.bench.PerformancePage;
import org.scenecontexts.bench.Rooms;
import org.scenecontexts.bench.WorkloadFilter;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.log.RunLog;
import org.scenecontexts.runtime.pipeline.DefaultDevice;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures what this machine makes of the engine, the operators and the networks that plugins bring. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure operators and networks against this machine's own matrix-product and copy rates.",
        footer = {
            "",
            "Shares are of the engine's own product of 1024x1024 matrices, timed between the runs of each row on the",
            "same threads, and of a copy of 64 MiB. 'of floor' is the time over that of the counted arithmetic alone;",
            "'peak MB' the largest resident size of a process that does nothing but this row; 'peer' how many times",
            "as long somebody else's program takes.",
            "",
            "Examples:",
            "  csc bench",
            "  csc bench --only conv3/forward --threads 1",
            "  csc bench --only res16unet34c --markdown table.md",
            "  csc bench --device gpu --only res16unet34c,conv3"
        })
final class BenchCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Few rows, seconds.")
    private boolean quick;

    @Option(names = "--full", description = "All rows, large rooms too; long.")
    private boolean full;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Rows whose name contains this; * stands for anything. Can be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "Numbers of threads to measure on (default: 1 and all cores).")
    private List<Integer> threads = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Timed runs per row (default: by time, about half a second).")
    private Optional<Integer> runs = Optional.empty();

    @Option(
            names = "--cpu-clock",
            description = "Time one-thread rows by the thread's processor time, for machines that others use too.")
    private boolean cpuClock;

    @Option(
            names = "--clouds",
            paramLabel = "DIR",
            defaultValue = "goldens/rooms",
            description = {
                "Folder of recorded clouds, room3k.npz to room150k.npz (default: ${DEFAULT-VALUE});"
                        + " where it has none, rooms of the same size are made."
            })
    private Path clouds;

    @Mixin
    private DeviceMixin device;

    @Option(names = "--no-memory", description = "Start no further processes to measure resident memory.")
    private boolean noMemory;

    @Option(names = "--list", description = "List the rows that would be measured.")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write a page of results with the reasoning.")
    private Optional<Path> markdown = Optional.empty();

    /** What a process is started with to measure the resident memory of one row. */
    @Option(names = "--resident", hidden = true)
    private boolean resident;

    @Override
    public Integer call() {
        check();
        try (Plugins plugins = main.discover(true)) {
            List<Workload> rows = selected(plugins);
            PrintWriter out = spec.commandLine().getOut();
            if (list) {
                rows.forEach(row -> out.println(row.name()));
                out.flush();
                return 0;
            }
            RunLog.warningsOnly();
            Rooms rooms = Rooms.find(clouds, plugins.catalog());
            Optional<Choice<EngineFactory.Context, TensorEngine>> other = device.read(plugins.catalog());
            BenchRunner runner = other.map(chosen -> new BenchRunner(
                            count -> chosen.create(DefaultDevice.context(count, plugins.catalog())), rooms, pace()))
                    .orElseGet(() -> new BenchRunner(plugins.catalog(), rooms, pace()));
            if (resident) {
                out.println(runner.residentBytes(rows.getFirst(), threadCounts().getFirst()));
            } else {
                report(new BenchReport(
                        other.map(chosen -> Machine.here(Main.Version.number(), described(chosen, plugins)))
                                .orElseGet(() -> Machine.here(Main.Version.number())),
                        rooms.description(),
                        commandLine(),
                        measure(rows, runner)));
            }
            out.flush();
            return 0;
        }
    }

    private static String described(Choice<EngineFactory.Context, TensorEngine> chosen, Plugins plugins) {
        try (TensorEngine engine = chosen.create(DefaultDevice.context(1, plugins.catalog()))) {
            return engine.description();
        }
    }

    private List<MeasuredWorkload> measure(List<Workload> rows, BenchRunner runner) {
        PrintWriter err = spec.commandLine().getErr();
        List<MeasuredWorkload> found = new ArrayList<>();
        int total = rows.size() * threadCounts().size();
        for (int count : threadCounts()) {
            for (Workload row : rows) {
                err.printf(
                        "[%d/%d] %s, %d thread%s: ", found.size() + 1, total, row.name(), count, count == 1 ? "" : "s");
                err.flush();
                MeasuredWorkload measurement = runner.measure(row, count);
                if (row.wholeNetwork() && !noMemory && device.yaml().isEmpty()) {
                    BenchProcess process = new BenchProcess(main.pluginFolders(), clouds);
                    measurement = measurement.withResident(process.residentBytes(row.name(), count));
                }
                found.add(measurement);
                err.println(BenchTable.line(measurement));
                err.flush();
            }
        }
        return found;
    }

    private void report(BenchReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(BenchTable.text(report.rows()));
        json.ifPresent(file -> {
            Json.write(file, report.json());
            out.println("wrote " + file);
        });
        markdown.ifPresent(file -> {
            PerformancePage.write(file, report);
            out.println("wrote " + file);
        });
    }

    private List<Workload> selected(Plugins plugins) {
        List<Workload> all = WorkloadFilter.all(plugins.catalog());
        Workload.Tier tier = quick ? Workload.Tier.QUICK : full ? Workload.Tier.FULL : Workload.Tier.STANDARD;
        List<Workload> rows = WorkloadFilter.of(all, tier, only);
        if (rows.isEmpty()) {
            String wanted = String.join(", ", only);
            throw new ParameterException(
                    spec.commandLine(),
                    ("no row has '" + wanted + "' in its name. "
                                            + Names.didYouMean(
                                                    wanted,
                                                    all.stream()
                                                            .map(Workload::name)
                                                            .toList()))
                                    .strip()
                            + System.lineSeparator() + "'csc bench --full --list' lists all of them.");
        }
        return rows;
    }

    private void check() {
        if (quick && full) {
            throw new ParameterException(spec.commandLine(), "--quick and --full exclude each other");
        }
        threads.stream().filter(number -> number < 1).findFirst().ifPresent(number -> {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, found " + number);
        });
        runs.filter(number -> number < 1).ifPresent(number -> {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1, found " + number);
        });
    }

    private List<Integer> threadCounts() {
        int cores = Runtime.getRuntime().availableProcessors();
        boolean one = cores == 1 || device.yaml().isPresent();
        return !threads.isEmpty() ? threads : one ? List.of(cores) : List.of(1, cores);
    }

    private Pace pace() {
        Pace pace = runs.map(Pace::runs).orElse(quick ? Pace.quick() : Pace.standard());
        return cpuClock ? pace.byCpuClock() : pace;
    }

    private String commandLine() {
        List<String> words = new ArrayList<>(List.of("csc", "bench"));
        words.addAll(spec.commandLine().getParseResult().originalArgs().stream()
                .filter(word -> !word.equals("bench"))
                .toList());
        return String.join(" ", words);
    }
}
