package org.scenecontexts.benchmarks.gpu;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which drivers the card that was asked for is reached here, since each has figures of its own.
 *
 * @param first the one that {@code device:} takes
 * @param device the card by this one
 * @param second the same card by the other one; empty where it is not there
 * @param why why there is no second one; empty where there is
 */
record Drivers(Driver first, DeviceKeys device, Optional<DeviceKeys> second, String why) {

    private static final Pattern HEADING = Pattern.compile("([a-z][a-z0-9-]*) \\(plugin .*\\)");
    private static final Pattern CARD = Pattern.compile(".*card \\d+, (.*?) \\((processor, )?.*, driver .*");

    /** A line of {@code csc info}. */
    private record Card(String name, boolean processor) {}

    /**
     * Reads what {@code csc info} says.
     *
     * @param device what was asked for
     */
    static Drivers of(DeviceKeys device, List<String> info) {
        boolean cuda = device.type().equals(Driver.CUDA.word())
                || (device.type().equals("gpu")
                        && section("gpu", info).stream().anyMatch(line -> line.startsWith("cuda: ")));
        Driver first = cuda ? Driver.CUDA : Driver.OPENCL;
        boolean cardsOnly = device.type().equals("gpu")
                && device.name().isEmpty()
                && !device.values().containsKey("card");
        List<Card> cards = cards(section(first.word(), info)).stream()
                .filter(card -> !cardsOnly || !card.processor())
                .filter(card -> device.name()
                        .filter(part -> !contains(card.name(), part))
                        .isEmpty())
                .toList();
        if (device.card() >= cards.size()) {
            return new Drivers(
                    first, device, Optional.empty(), "csc info names no card that is '" + device.yaml() + "'");
        }
        Card chosen = cards.get(device.card());
        Driver other = first.other();
        List<String> said = section(other.word(), info);
        boolean there = cards(said).stream()
                .anyMatch(card -> !card.processor() && card.name().equals(chosen.name()));
        if (!there) {
            return new Drivers(
                    first,
                    device,
                    Optional.empty(),
                    other.label() + " does not offer '" + chosen.name() + "'"
                            + said.stream()
                                    .findFirst()
                                    .map(line -> "; csc info: " + line.split(";", 2)[0])
                                    .orElse(""));
        }
        long number = cards.subList(0, device.card()).stream()
                .filter(card -> card.name().equals(chosen.name()))
                .count();
        DeviceKeys second =
                device.with("type", other.word()).with("name", chosen.name()).with("card", (int) number);
        return new Drivers(first, device, Optional.of(second), "");
    }

    /** The card by a driver. */
    Optional<DeviceKeys> by(Driver driver) {
        return driver == first ? Optional.of(device) : second;
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** What stands under a device, without the heading. */
    private static List<String> section(String name, List<String> info) {
        return info.stream()
                .map(String::strip)
                .dropWhile(line -> !isHeading(line, name))
                .skip(1)
                .takeWhile(line -> !HEADING.matcher(line).matches())
                .toList();
    }

    private static boolean isHeading(String line, String name) {
        Matcher heading = HEADING.matcher(line);
        return heading.matches() && heading.group(1).equals(name);
    }

    private static List<Card> cards(List<String> lines) {
        return lines.stream()
                .map(CARD::matcher)
                .filter(Matcher::matches)
                .map(card -> new Card(card.group(1), card.group(2) != null))
                .toList();
    }
}
