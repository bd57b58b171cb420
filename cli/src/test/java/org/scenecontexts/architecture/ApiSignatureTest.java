package org.scenecontexts.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What plugins compile against is what was reviewed: {@code api.txt} in the folder of each published module. A change is made
 * by writing the lists anew, with {@code -Dcsc.api=write}, and committing the difference for review.
 */
class ApiSignatureTest {

    private static final String PACKAGES = "org/scenecontexts/";

    /** The first package that counts, by module: of the kernels plugins see the tiles only. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "framework-api", PACKAGES + "api",
            "framework-io", PACKAGES + "io",
            "kernels-cpu", PACKAGES + "kernels/tile",
            "framework-testkit", PACKAGES + "testkit",
            "framework-testkit-runtime", PACKAGES + "testkit/pipeline");

    private static final String HOW = "./mvnw -Dquick -pl cli,framework-testkit-runtime -am -Dtest=ApiSignatureTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dcsc.api=write test";

    private static Stream<Map.Entry<String, String>> built() {
        return PUBLISHED.entrySet().stream()
                .filter(module -> Modules.names().contains(module.getKey()))
                .sorted(Map.Entry.comparingByKey());
    }

    @TestFactory
    Stream<DynamicTest> aPublishedModuleIsWhatWasReviewed() {
        return built().map(module -> DynamicTest.dynamicTest(module.getKey(), () -> check(module)));
    }

    @TestFactory
    Stream<DynamicTest> everyPublicTypeHasAStatus() {
        return built().map(module -> DynamicTest.dynamicTest(
                module.getKey(),
                () -> assertThat(lines(module).stream().filter(line -> line.startsWith("WITHOUT-STATUS")))
                        .as("annotate the package (package-info.java) or the type with @Stable or @Incubating")
                        .isEmpty()));
    }

    private static List<String> lines(Map.Entry<String, String> module) {
        return ApiSignature.of(Modules.ROOT.resolve(module.getKey()).resolve("target/classes"), module.getValue());
    }

    private static void check(Map.Entry<String, String> module) throws IOException {
        Path file = Modules.ROOT.resolve(module.getKey()).resolve("api.txt");
        List<String> now = lines(module);
        assertThat(now).as("lines of %s", module.getKey()).isNotEmpty();
        if (System.getProperty("csc.api", "").equals("write")) {
            Files.write(file, now);
            return;
        }
        List<String> reviewed = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!now.equals(reviewed)) {
            fail(module.getKey() + " is not what " + module.getKey() + "/api.txt says (- reviewed, + now):\n"
                    + String.join("\n", difference(reviewed, now)) + "\nIf that is meant, write the lists anew and"
                    + " commit them with a line in CHANGELOG.md:\n  " + HOW);
        }
    }

    /** Lines that went and came, each below the type that it belongs to. */
    private static List<String> difference(List<String> reviewed, List<String> now) {
        List<String> before = qualified(reviewed);
        List<String> after = qualified(now);
        List<String> lines = new ArrayList<>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
        return lines.isEmpty() ? List.of("the order of lines only") : lines.subList(0, Math.min(60, lines.size()));
    }

    private static List<String> qualified(List<String> lines) {
        List<String> all = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            type = line.startsWith(" ") ? type : line;
            all.add(line.startsWith(" ") ? line.strip() + "   in " + type : line);
        }
        return all;
    }
}
