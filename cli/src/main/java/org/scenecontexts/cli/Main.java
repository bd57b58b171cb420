package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.runtime.log.RunLog;
import org.scenecontexts.runtime.plugin.Plugins;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code csc} command itself: it holds the subcommands and what all of them share.
 *
 * @since 0.1
 */
@Command(
        name = "csc",
        description = "Data-efficient 3D scene understanding: train, evaluate and predict on point clouds.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:something failed while running",
            "2:wrong usage, or a pipeline that is not valid; nothing was run or written",
            "130:stopped by Ctrl-C; a run saves first, and goes on when called again",
            "143:stopped by SIGTERM, in the same way"
        })
public final class Main implements Runnable {

    private static final List<Class<?>> SUBCOMMANDS = List.of(
            RunCommand.class,
            ValidateCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            PredictCommand.class,
            ViewCommand.class,
            DataCommand.class,
            RunsCommand.class,
            PluginsCommand.class,
            WeightsCommand.class,
            BenchCommand.class,
            InfoCommand.class,
            DoctorCommand.class,
            SchemaCommand.class,
            ManCommand.class,
            CompletionCommand.class);

    /** Those that tell about all commands. */
    private static final List<Class<?>> ABOUT_ALL = List.of(ManCommand.class, CompletionCommand.class);

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--stacktrace"},
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error happened.")
    private boolean stacktrace;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "A further folder of plugins; can be given several times.")
    private List<Path> pluginFolders = new ArrayList<>();

    /** The command on this machine. */
    public Main() {
        this(Host.system());
    }

    /** The command with what it needs from outside. */
    Main(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command; --help lists what csc can do.");
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Restart.endWithStarter();
        RunLog.console(RunLog.terminal());
        System.exit(commandLine(Host.system(), args).execute(args));
    }

    /** The command with all subcommands and its treatment of errors. */
    static CommandLine commandLine(Host host) {
        return commandLine(host, new String[0]);
    }

    /**
     * The command for one command line: where that begins with a subcommand, the others are left out, since reading the
     * options of all of them takes a quarter of a second at every start.
     */
    private static CommandLine commandLine(Host host, String... args) {
        Main main = new Main(host);
        CommandLine line = new CommandLine(main);
        List<Class<?>> named = SUBCOMMANDS.stream()
                .filter(type -> !ABOUT_ALL.contains(type)
                        && args.length > 0
                        && type.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        (named.isEmpty() ? SUBCOMMANDS : named).forEach(line::addSubcommand);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.report(failure, command.getErr(), main.stacktrace));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    Host host() {
        return host;
    }

    /** What comes with this csc. */
    Shipped shipped() {
        return new Shipped(host.home());
    }

    /** The folders that plugins are looked for in, in the order of preference. */
    List<Path> pluginFolders() {
        List<Path> folders = new ArrayList<>(host.pluginFolders());
        folders.addAll(pluginFolders);
        return folders;
    }

    /** The folders of plugins that the command line adds. */
    List<Path> addedPluginFolders() {
        return List.copyOf(pluginFolders);
    }

    /** All plugins; what is broken is told, unless the caller shows it anyway. */
    Plugins discover(boolean tell) {
        Plugins plugins = Plugins.discover(pluginFolders());
        if (tell) {
            PrintWriter err = spec.commandLine().getErr();
            plugins.catalog()
                    .failures()
                    .forEach(failure -> err.println("warning: " + Printable.text(String.valueOf(failure))));
            if (!plugins.catalog().failures().isEmpty()) {
                err.println("warning: 'csc plugins doctor' says what to do about plugins that failed to load");
            }
            err.flush();
        }
        return plugins;
    }

    /** Reads the version from the manifest of the jar, where the build writes it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "csc " + number(),
                "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }

        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(unpacked classes)" : version;
        }
    }
}
