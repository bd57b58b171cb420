package org.scenecontexts.runtime.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.PluginDescriptor;
import org.scenecontexts.runtime.guard.LinkFaults;

/**
 * Finds what is wrong with a plugin and does not show when it is loaded: users of PF4J meet it in the middle of a run, or
 * with the next version of the program.
 */
final class PluginCheck {

    private static final int CLASS_FILE_OFFSET = 44;
    private static final int NAMED = 3;

    /** Classes of the JDK that come with a need that {@code Plugin-Needs} has a word for, by the start of their names. */
    private static final Map<String, String> NEEDS = wordsOfNeeds();

    private final Candidate candidate;
    private final ClassScan scan;
    private final List<PluginProblem> problems = new ArrayList<>();

    private PluginCheck(Candidate candidate, ClassScan scan) {
        this.candidate = candidate;
        this.scan = scan;
    }

    private static Map<String, String> wordsOfNeeds() {
        Map<String, String> needs = new LinkedHashMap<>();
        needs.put("java.net.http.", "network");
        needs.put("java.net.Socket", "network");
        needs.put("java.net.ServerSocket", "network");
        needs.put("java.net.HttpURLConnection", "network");
        needs.put("java.nio.channels.SocketChannel", "network");
        needs.put("java.lang.ProcessBuilder", "processes");
        needs.put("java.lang.foreign.Linker", "native-access");
        needs.put("java.lang.foreign.SymbolLookup", "native-access");
        return needs;
    }

    /**
     * @param report what loading it has found
     * @param loader of the plugin; the JDK's where it could not be loaded
     * @return what else is wrong
     */
    static List<PluginProblem> of(Candidate candidate, PluginReport report, ClassLoader loader) throws IOException {
        PluginCheck check = new PluginCheck(candidate, ClassScan.of(candidate.root()));
        check.range();
        check.tooNew(report);
        check.copies();
        check.unlisted(loader);
        if (report.status() != PluginReport.Status.FAILED) {
            check.missing(loader);
        }
        check.unsaidNeeds();
        return check.problems;
    }

    private void range() {
        PluginDescriptor descriptor = candidate.descriptor();
        String requires = descriptor.getRequires();
        String[] parts = ApiVersion.CURRENT.split("\\.");
        String wanted = ">=" + ApiVersion.CURRENT + " & <" + parts[0] + "." + (Integer.parseInt(parts[1]) + 1) + ".0";
        if (requires == null || requires.isBlank() || requires.equals("*")) {
            problems.add(PluginProblem.warning(
                    "its manifest has no Plugin-Requires, so a csc with another API loads it and fails in the middle",
                    "write Plugin-Requires: " + wanted));
        } else if (!requires.contains("<") && requires.contains(">")) {
            problems.add(PluginProblem.warning(
                    "its Plugin-Requires '" + requires + "' has no upper bound; before 1.0 a minor version may change"
                            + " the API",
                    "write Plugin-Requires: " + wanted));
        }
    }

    private void tooNew(PluginReport report) {
        boolean told =
                report.problems().stream().anyMatch(problem -> problem.reason().contains("was compiled for Java"));
        int newest = scan.versions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        long many = scan.versions().values().stream()
                .filter(version -> version > ClassScan.NEWEST)
                .count();
        if (many > 0 && !told) {
            problems.add(PluginProblem.error(
                    many + " of its " + scan.versions().size() + " classes were compiled for Java "
                            + (newest - CLASS_FILE_OFFSET) + "; this is Java "
                            + Runtime.version().feature(),
                    "compile with <maven.compiler.release>" + Runtime.version().feature()
                            + "</maven.compiler.release>"));
        }
    }

    /** Copies of the API are told where it is loaded. */
    private void copies() {
        List<String> others = scan.shared().stream()
                .filter(name -> !name.startsWith("org.scenecontexts.api."))
                .toList();
        if (!others.isEmpty()) {
            problems.add(PluginProblem.warning(
                    "it contains classes that csc shares with plugins and that are ignored: " + some(others),
                    "give the artefacts that they come from the scope 'provided' in the plugin's build"));
        }
    }

    /** Where no index exists at all, loading has said so. */
    private void unlisted(ClassLoader loader) throws IOException {
        Set<String> listed = Plugins.extensionNames(loader, candidate.contents());
        if (listed.isEmpty()) {
            return;
        }
        Set<String> lacking = new TreeSet<>(scan.extensions());
        lacking.removeAll(listed);
        if (!lacking.isEmpty()) {
            problems.add(PluginProblem.error(
                    "META-INF/extensions.idx does not list " + some(List.copyOf(lacking))
                            + ", annotated with @Extension: csc does not see what it offers",
                    "build from clean, with <proc>full</proc> in the compiler plugin; of several modules in one jar"
                            + " merge the indexes"));
        }
    }

    private void missing(ClassLoader loader) {
        Map<String, String> absent = new LinkedHashMap<>();
        scan.uses()
                .forEach((user, used) -> used.stream()
                        .filter(name -> !scan.versions().containsKey(name)
                                && !absent.containsKey(name)
                                && !exists(name, loader))
                        .forEach(name -> absent.put(name, user)));
        if (!absent.isEmpty()) {
            Map.Entry<String, String> first = absent.entrySet().iterator().next();
            problems.add(PluginProblem.warning(
                    "classes that it names are nowhere: " + some(List.copyOf(absent.keySet())) + " (" + first.getValue()
                            + " names " + first.getKey() + ")",
                    LinkFaults.remedy(new ClassNotFoundException(first.getKey()))
                            + ". Where the part that needs it is never used, nothing happens"));
        }
    }

    private static boolean exists(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (LinkageError e) {
            // It is there; what is wrong with it is its own matter.
            return !(e instanceof NoClassDefFoundError);
        }
    }

    private void unsaidNeeds() {
        Map<String, String> unsaid = new LinkedHashMap<>();
        scan.uses()
                .forEach((user, used) -> used.forEach(name -> NEEDS.forEach((start, need) -> {
                    if (name.startsWith(start) && !candidate.needs().contains(need)) {
                        unsaid.putIfAbsent(need, user + " uses " + name);
                    }
                })));
        unsaid.forEach((need, why) -> problems.add(PluginProblem.warning(
                why + ", but " + PluginNeeds.ATTRIBUTE + " does not name '" + need + "'",
                "write " + PluginNeeds.ATTRIBUTE + ": " + need + " into the manifest, so that users know before they"
                        + " run it")));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " and " + (names.size() - NAMED) + " more" : shown;
    }
}
