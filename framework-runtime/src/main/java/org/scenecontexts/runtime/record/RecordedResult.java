package org.scenecontexts.runtime.record;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.json.JsonFiles;

/**
 * A finished run put on record, so that a text can take its figures from it and everybody can see where they come from.
 *
 * @param name of the run
 * @param command that makes it again; empty where nobody knows
 * @param variables names of the environment variables that the command needs
 * @param about what it was made with, when and on: {@code csc}, {@code commit}, {@code date} (ISO 8601), {@code cpu}, {@code
 *     cores}, {@code threads}, {@code java}, {@code os}, {@code device}; several joined by {@code " / "} where stages differ
 * @param time of the run
 * @param tables of a matrix
 * @param values every figure by its name ({@link ResultKeys})
 * @since 0.2
 */
public record RecordedResult(
        String name,
        String command,
        List<String> variables,
        Map<String, String> about,
        Time time,
        List<RunFigures.Table> tables,
        Map<String, Double> values) {

    /** Name of the figure that is the time of the whole run. */
    public static final String SECONDS = "seconds";

    /** What of {@link #about} a text can show, besides the keys themselves. */
    private static final String MACHINE = "machine";

    private static final String DATE = "date";

    private static final String COMMAND = "command";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    public RecordedResult {
        variables = List.copyOf(variables);
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        tables = List.copyOf(tables);
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * How long a run took.
     *
     * @param seconds NaN where nobody knows
     * @param of what was measured: the whole process where one call made everything, otherwise the stages
     */
    public record Time(double seconds, String of) {}

    /** A figure by its name: one of {@link #values}, or {@link #SECONDS}. */
    public OptionalDouble figure(String key) {
        Double value = key.equals(SECONDS) ? (Double) time.seconds() : values.get(key);
        return value == null || value.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** A word about the run: {@code date}, {@code machine}, {@code command}, or a key of {@link #about}. */
    public Optional<String> word(String key) {
        return switch (key) {
            case DATE -> Optional.ofNullable(about.get(DATE)).map(RecordedResult::day);
            case MACHINE -> Optional.of(machine());
            case COMMAND -> Optional.of(command);
            default -> Optional.ofNullable(about.get(key));
        };
    }

    /** The words there are. */
    List<String> words() {
        List<String> words = new java.util.ArrayList<>(List.of(DATE, MACHINE, COMMAND));
        about.keySet().stream().filter(key -> !words.contains(key)).forEach(words::add);
        return words;
    }

    private static String day(String iso) {
        try {
            return LocalDate.parse(iso).format(DAY);
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    private String machine() {
        String cores = about.getOrDefault("cores", "?");
        String threads = about.getOrDefault("threads", cores);
        String used = counted(cores, "core");
        if (!threads.equals(cores)) {
            used = counted(threads, "thread") + " on " + used;
        }
        return used + ", " + about.getOrDefault("cpu", "unknown processor") + ", Java "
                + about.getOrDefault("java", "?").replaceFirst(",.*", "") + ", " + about.getOrDefault("os", "?");
    }

    private static String counted(String number, String what) {
        return number + " " + what + (number.equals("1") ? "" : "s");
    }

    /** Writes it, replacing an older one at once. */
    public void write(Path file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "note", "written by 'csc runs record'; texts take their figures from it, see docs/results/README.md");
        document.put("name", name);
        document.put(COMMAND, command);
        document.put("variables", variables);
        document.put("about", about);
        document.put(SECONDS, Double.isNaN(time.seconds()) ? null : (Double) time.seconds());
        document.put("seconds-of", time.of());
        document.put("tables", RunFigures.written(tables));
        document.put("values", values);
        JsonFiles.write(file, document);
    }

    /**
     * Reads one.
     *
     * @throws CloudException when the file cannot be read, or is something else
     */
    public static RecordedResult read(Path file) {
        Map<String, Object> document = JsonFiles.read(file);
        try {
            Map<String, String> about = new LinkedHashMap<>();
            ((Map<?, ?>) document.get("about")).forEach((key, value) -> about.put(text(key), text(value)));
            return new RecordedResult(
                    text(document.get("name")),
                    text(document.get(COMMAND)),
                    ((List<?>) document.get("variables"))
                            .stream().map(RecordedResult::text).toList(),
                    about,
                    new Time(
                            document.get(SECONDS) instanceof Number seconds ? seconds.doubleValue() : Double.NaN,
                            text(document.get("seconds-of"))),
                    RunFigures.tables(document.get("tables")),
                    RunFigures.numbers(document.get("values")));
        } catch (ClassCastException | NullPointerException e) {
            throw new CloudException(
                    file + ": is not what 'csc runs record' writes; record the run again, or take the file away", e);
        }
    }

    private static String text(Object value) {
        return RunFigures.text(value);
    }
}
