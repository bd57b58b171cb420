package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the page that a command ends with in the browser of whoever sits at the machine. */
final class OpenMixin {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--open", description = "Open the page in a browser when it is written.")
    private boolean wanted;

    /**
     * Refuses the option where there is no screen, before anything is done.
     *
     * @param environment environment variables
     */
    void check(Map<String, String> environment) {
        if (wanted && isLinux() && !environment.containsKey("DISPLAY") && !environment.containsKey("WAYLAND_DISPLAY")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--open: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); leave --open out,"
                            + " and open the page that is named at the end on a machine with a browser");
        }
    }

    /** Opens a page if that was asked for; that it cannot be opened is a warning, since the page is there. */
    void open(Path page, PrintWriter err) {
        if (!wanted) {
            return;
        }
        String file = page.toAbsolutePath().normalize().toString();
        try {
            Process opener = new ProcessBuilder(command(file))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            opener.getOutputStream().close();
        } catch (IOException e) {
            err.println("warning: --open: " + e.getMessage() + "; open " + file + " in a browser");
            err.flush();
        }
    }

    private static List<String> command(String file) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", file);
        }
        return List.of(os.startsWith("mac") ? "open" : "xdg-open", file);
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    }
}
