package org.scenecontexts.benchmarks.gpu;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What was asked for.
 *
 * @param device as after {@code csc run --device}
 * @param page the page to write; the JSON gets its name with {@code .json} at the end
 * @param pack folder that {@code gpu-check pack} made
 * @param small whether everything is made small, to rehearse without a card
 * @param minutes after which what is left is left out; none for as long as it takes
 * @param only parts of the titles of what is done; none for everything
 */
record CheckOptions(String device, Path page, Path pack, boolean small, Optional<Integer> minutes, List<String> only) {

    CheckOptions {
        only = List.copyOf(only);
    }

    static final String USAGE = """
            usage: gpu-check [--device DEVICE] [--out FILE.md] [--small] [--minutes N] [--only PART,...]
              --device   as after csc run --device, of type gpu, cuda or opencl: gpu, cuda:1, "{type: opencl, name: h100}" (default: gpu)
              --out      page to write, with a JSON of the same name beside it (default: docs/gpu.md)
              --small    small networks and clouds, to rehearse without a card
              --minutes  parts that are left after so many minutes are left out, and named (default: as long as it takes)
              --only     parts with this in their titles, such as steps,loop: the page has these only""";

    private static final List<String> TYPES = List.of("gpu", "cuda", "opencl");

    private static final String MARKDOWN = ".md";

    /** Empty where the arguments are no options. */
    static Optional<CheckOptions> of(List<String> arguments, Path pack) {
        String device = "gpu";
        Path page = Path.of("docs", "gpu.md");
        boolean small = false;
        Optional<Integer> minutes = Optional.empty();
        List<String> only = List.of();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            if (option.equals("--small")) {
                small = true;
            } else if (option.equals("--device") && !rest.isEmpty() && isCard(rest.peek())) {
                device = rest.pop();
            } else if (option.equals("--minutes")
                    && !rest.isEmpty()
                    && rest.peek().matches("[1-9]\\d{0,3}")) {
                minutes = Optional.of(Integer.valueOf(rest.pop()));
            } else if (option.equals("--only") && !rest.isEmpty()) {
                only = List.of(rest.pop().toLowerCase(Locale.ROOT).split(","));
            } else if (option.equals("--out") && !rest.isEmpty() && rest.peek().endsWith(MARKDOWN)) {
                page = Path.of(rest.pop());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(
                new CheckOptions(device, page.toAbsolutePath(), pack.toAbsolutePath(), small, minutes, only));
    }

    /** What decides about the figures, as it is typed. */
    String text() {
        return (small ? " --small" : "") + " --device " + device
                + minutes.map(count -> " --minutes " + count).orElse("")
                + (only.isEmpty() ? "" : " --only " + String.join(",", only));
    }

    /** Whether a part was asked for. */
    boolean wants(String title) {
        return only.isEmpty() || only.stream().anyMatch(title.toLowerCase(Locale.ROOT)::contains);
    }

    /** The processor, and operators sent one by one, have no figures here. */
    private static boolean isCard(String written) {
        try {
            return TYPES.contains(DeviceKeys.of(written).type());
        } catch (IllegalArgumentException | YAMLException e) {
            return false;
        }
    }

    /** Where pipelines, runs and logs of this check go. */
    Path work() {
        return pack.resolve("work");
    }

    /** The same as the page for programs. */
    Path json() {
        String name = page.getFileName().toString();
        return page.resolveSibling(name.substring(0, name.length() - MARKDOWN.length()) + ".json");
    }
}
