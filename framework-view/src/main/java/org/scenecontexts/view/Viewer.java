package org.scenecontexts.view;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Up;

/**
 * Writes a page that shows clouds and what was predicted about them, so that nobody has to install anything to look at results:
 * one file, which any browser with WebGL 2 opens and which loads nothing.
 *
 * @since 0.2
 */
public final class Viewer {

    /** Points of all clouds of a page: more make it slow to open. */
    public static final int MOST_POINTS = 5_000_000;

    /** Points of a cloud unless another number is asked for. */
    public static final int POINTS = 2_000_000;

    /** Scenes of a page unless another number is asked for. */
    public static final int SCENES = 40;

    private final List<CloudReader> readers;

    /** @param readers formats of clouds that plugins bring */
    public Viewer(List<CloudReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /**
     * What to show.
     *
     * @param what a cloud, a folder of clouds, a run folder or a stage of one
     * @param beside a second one for the right view, whose scenes have the same names
     * @param out the page to write
     * @param up the axis of the clouds that points upwards
     * @param label field of the true class; guessed when empty
     * @param prediction field of the predicted class; guessed when empty
     * @param points most points of a cloud, up to {@link #MOST_POINTS}
     * @param scenes most scenes; those with most errors (else the least sure) are taken
     */
    public record Request(
            Path what,
            Optional<Path> beside,
            Path out,
            Up up,
            Optional<String> label,
            Optional<String> prediction,
            int points,
            int scenes) {

        /** A page of what is guessed to be what, with z upwards and the usual limits. */
        public static Request of(Path what, Path out) {
            return new Request(what, Optional.empty(), out, Up.Z, Optional.empty(), Optional.empty(), POINTS, SCENES);
        }

        /** The same with another limit of points. */
        public Request withPoints(int most) {
            return new Request(what, beside, out, up, label, prediction, most, scenes);
        }

        /** The same with another axis that points upwards. */
        public Request withUp(Up axis) {
            return new Request(what, beside, out, axis, label, prediction, points, scenes);
        }
    }

    /**
     * What was written.
     *
     * @param scenes names of the scenes in the page, worst first
     * @param scores what is said of each of them
     * @param points points in the page
     * @param notes what the user should know
     */
    public record Written(List<String> scenes, List<String> scores, long points, List<String> notes) {
        public Written {
            scores = List.copyOf(scores);
            scenes = List.copyOf(scenes);
            notes = List.copyOf(notes);
        }
    }

    /** One scene: the cloud, and the one beside it. */
    private record Shown(String name, List<PackedCloud> clouds) {

        double badness() {
            PackedCloud first = clouds.getFirst();
            return first.wrong().orElse(-first.confidence().orElse(1));
        }

        String score() {
            PackedCloud first = clouds.getFirst();
            if (first.wrong().isPresent()) {
                return String.format(
                        Locale.ROOT,
                        "%.1f %% of points wrong",
                        100 * first.wrong().getAsDouble());
            }
            return first.confidence().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            "mean confidence %.2f",
                            first.confidence().getAsDouble())
                    : "";
        }
    }

    /**
     * Writes the page, all of it or nothing.
     *
     * @throws CloudException when a cloud cannot be read or does not fit into memory, there is none, or the page would overwrite one
     * @throws java.io.UncheckedIOException when the page cannot be written
     */
    public Written write(Request request) {
        SceneFinder finder = new SceneFinder(readers);
        Map<String, Path> found = finder.find(request.what());
        Map<String, Path> beside = request.beside().map(finder::find).orElse(Map.of());
        Stream.concat(found.values().stream(), beside.values().stream()).forEach(cloud -> keep(cloud, request.out()));
        List<String> notes = new ArrayList<>();
        ClassTable classes = new ClassTable();
        int shown = Math.min(found.size(), request.scenes());
        int each = Math.min(request.points(), MOST_POINTS / (shown * (beside.isEmpty() ? 1 : 2)));
        PackedCloud.Options options = new PackedCloud.Options(
                readers, request.up(), new CloudRoles.Wanted(request.label(), request.prediction()), each);
        List<Shown> worst = new ArrayList<>();
        for (Map.Entry<String, Path> scene : found.entrySet()) {
            List<PackedCloud> clouds = new ArrayList<>();
            clouds.add(packed(scene.getValue(), options, classes));
            partner(scene.getKey(), found.size(), beside, notes)
                    .ifPresent(other -> clouds.add(packed(other, options, classes)));
            worst.add(new Shown(scene.getKey(), clouds));
            worst.sort(Comparator.comparingDouble(Shown::badness).reversed());
            if (worst.size() > shown) {
                worst.removeLast();
            }
        }
        if (shown < found.size()) {
            notes.add("the " + shown + " worst of " + found.size() + " scenes are shown; --scenes " + found.size()
                    + " shows all");
        }
        write(request, worst, classes, notes);
        List<String> all = new ArrayList<>(notes);
        worst.forEach(scene -> scene.clouds().forEach(cloud -> all.addAll(cloud.notes())));
        return new Written(
                worst.stream().map(Shown::name).toList(),
                worst.stream().map(Shown::score).toList(),
                worst.stream()
                        .flatMap(scene -> scene.clouds().stream())
                        .mapToLong(PackedCloud::points)
                        .sum(),
                all);
    }

    /** A picture is no reason to lose what hours have computed: a cloud that does not fit is one that cannot be shown. */
    private static PackedCloud packed(Path cloud, PackedCloud.Options options, ClassTable classes) {
        try {
            return PackedCloud.of(cloud, options, classes);
        } catch (OutOfMemoryError e) {
            throw new CloudException(
                    cloud + ": takes more memory to be shown than Java has ("
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB): give it more with CSC_JAVA_OPTS=-Xmx..., or thin the cloud out",
                    e);
        }
    }

    private static void keep(Path cloud, Path out) {
        if (cloud.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
            throw new CloudException(
                    out + ": is a cloud that is to be shown, which the page would overwrite; name another"
                            + " file to write");
        }
    }

    private static Optional<Path> partner(String name, int scenes, Map<String, Path> beside, List<String> notes) {
        if (beside.isEmpty()) {
            return Optional.empty();
        }
        if (scenes == 1 && beside.size() == 1) {
            return beside.values().stream().findFirst();
        }
        if (!beside.containsKey(name)) {
            notes.add("scene '" + name + "' is missing in what is shown beside");
        }
        return Optional.ofNullable(beside.get(name));
    }

    private static void write(Request request, List<Shown> scenes, ClassTable classes, List<String> notes) {
        Map<String, PageTemplate.Part> parts = Map.of(
                "STYLE", out -> out.write(WebLibraries.text("view.css")),
                "DATA", out -> data(out, request, scenes, classes, notes),
                "LIBRARIES", out -> out.write(PageTemplate.script("\"use strict\";" + new WebLibraries().three())),
                "PROGRAM", out -> out.write(PageTemplate.script(program())));
        AtomicFile.write(request.out(), stream -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
            new PageTemplate(WebLibraries.text("view.html")).write(out, parts);
            out.flush();
        });
    }

    private static String program() {
        StringBuilder text = new StringBuilder("(()=>{\"use strict\";\n");
        for (String part : List.of("view-cloud.js", "view-modes.js", "view-camera.js", "view-draw.js", "view.js")) {
            text.append(WebLibraries.text(part));
        }
        return text.append("})();").toString();
    }

    private static void data(Writer out, Request request, List<Shown> scenes, ClassTable classes, List<String> notes)
            throws IOException {
        List<Map<String, Object>> entries = new ArrayList<>();
        int block = 0;
        for (Shown scene : scenes) {
            List<Map<String, Object>> clouds = new ArrayList<>();
            List<String> told = new ArrayList<>();
            for (PackedCloud cloud : scene.clouds()) {
                Map<String, Object> entry = new LinkedHashMap<>(cloud.json());
                String id = "cloud-" + block++;
                entry.put("block", id);
                clouds.add(entry);
                told.addAll(cloud.notes());
                out.write("<script type=\"text/plain\" id=\"" + id + "\">");
                out.write(Base64.getEncoder().encodeToString(cloud.data()));
                out.write("</script>\n");
            }
            entries.add(Map.of("name", scene.name(), "score", scene.score(), "notes", told, "clouds", clouds));
        }
        distinguish(request, entries);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", title(request));
        page.put("notes", notes);
        page.put("classes", classes.json());
        page.put("scenes", entries);
        out.write(PageTemplate.data("page", page));
    }

    /** Two clouds of one name are told apart by what was asked for. */
    private static void distinguish(Request request, List<Map<String, Object>> entries) {
        for (Map<String, Object> entry : entries) {
            if (entry.get("clouds") instanceof List<?> clouds && clouds.size() == 2) {
                rename(clouds.get(0), String.valueOf(request.what()));
                request.beside().ifPresent(other -> rename(clouds.get(1), String.valueOf(other)));
            }
        }
    }

    @SuppressWarnings("unchecked") // Made above.
    private static void rename(Object cloud, String name) {
        ((Map<String, Object>) cloud).put("name", name);
    }

    private static String title(Request request) {
        Path name = request.what().toAbsolutePath().normalize().getFileName();
        return String.valueOf(name)
                + request.beside()
                        .map(other ->
                                " and " + other.toAbsolutePath().normalize().getFileName())
                        .orElse("");
    }
}
