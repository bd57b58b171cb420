package org.scenecontexts.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {

    private final Problems problems = new Problems();

    private Optional<Node> read(String yaml) {
        return YamlReader.read(SourceText.of("test.yaml", yaml), problems);
    }

    private Problem onlyProblem() {
        assertThat(problems.sorted()).hasSize(1);
        return problems.sorted().getFirst();
    }

    private static String text(Node node, String key) {
        return ((Node.Scalar) ((Node.Mapping) node).get(key).orElseThrow()).text();
    }

    @Test
    void remembersWhereEverythingIsWritten() {
        Node.Mapping root = (Node.Mapping) read("a: 1\nb:\n  - x\n  - c: 2\n").orElseThrow();
        Node.Sequence list = (Node.Sequence) root.get("b").orElseThrow();
        assertThat(root.entry("b").orElseThrow().keyPosition()).hasToString("test.yaml:2:1");
        assertThat(list.items().get(1).position()).hasToString("test.yaml:4:5");
    }

    @Test
    void resolvesAnchorsAndMergeKeysWithOwnKeysWinning() {
        Node.Mapping root = (Node.Mapping)
                read("base: &b {lr: 1, decay: 2}\nown:\n  <<: *b\n  lr: 3\n").orElseThrow();
        Node own = root.get("own").orElseThrow();
        assertThat(text(own, "lr")).isEqualTo("3");
        assertThat(text(own, "decay")).isEqualTo("2");
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void reportsADuplicateKeyWithBothPlaces() {
        read("a: 1\nb: 2\na: 3\n");
        assertThat(onlyProblem().message()).isEqualTo("the key 'a' is written twice; first in line 1");
        assertThat(onlyProblem().position().orElseThrow()).hasToString("test.yaml:3:1");
    }

    @Test
    void reportsTabsWithWhatToDo() {
        assertThat(read("a:\n\tb: 1\n")).isEmpty();
        assertThat(onlyProblem().suggestion()).contains("indent with spaces: YAML does not allow tabs");
        assertThat(onlyProblem().position().orElseThrow().line()).isEqualTo(2);
    }

    @Test
    void reportsAnAliasThatContainsItself() {
        read("a: &x [1, *x]\n");
        assertThat(onlyProblem().message()).contains("contains it");
    }

    @Test
    void readsExpressionsWithoutQuotesInsideBraces() {
        Node node = read("{model: ${semseg}, file: ${env:DATA}/x, last: 1}").orElseThrow();
        assertThat(text(node, "model")).isEqualTo("${semseg}");
        assertThat(text(node, "file")).isEqualTo("${env:DATA}/x");
        assertThat(((Node.Mapping) node).entry("last").orElseThrow().keyPosition())
                .hasToString("test.yaml:1:41");
    }

    @Test
    void refusesTags() {
        read("a: !!javax.script.ScriptEngineManager [x]\n");
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void readsAFileThatStartsWithAByteOrderMark() {
        assertThat(text(read("\uFEFFa: 1").orElseThrow(), "a")).isEqualTo("1");
    }

    @Test
    void reportsAFileThatIsNotUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(YamlReader.read(file, problems)).isEmpty();
        assertThat(onlyProblem().message()).contains("is not UTF-8 text");
    }

    @Test
    void showsTheLineWithACaret() {
        read("a: 1\n  b: 2\n");
        assertThat(ProblemReport.render(onlyProblem())).contains("    2 |   b: 2\n      |    ^\n");
    }

    /** Ten levels of five aliases: 60 million values of 400 characters. */
    private static String bomb(String start, String opening, String closing) {
        StringBuilder yaml = new StringBuilder(start);
        for (int level = 1; level <= 10; level++) {
            String alias = "*a" + (level - 1);
            yaml.append("x")
                    .append(level)
                    .append(": &a")
                    .append(level)
                    .append(" ")
                    .append(opening);
            yaml.append(String.join(", ", java.util.Collections.nCopies(5, alias)))
                    .append(closing)
                    .append("\n");
        }
        return yaml.toString();
    }

    private void refusedAtOnce(String yaml) {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long started = threads.getCurrentThreadCpuTime();

        assertThat(read(yaml)).isEmpty();

        assertThat(threads.getCurrentThreadCpuTime() - started).isLessThan(500_000_000L);
        assertThat(problems.sorted().getLast().message()).contains("aliases repeat values more than 100,000 times");
    }

    @Test
    void aliasesOfAliasesAreRefusedBeforeTheyMultiply() {
        refusedAtOnce(bomb("x0: &a0 [1, 1, 1, 1, 1, 1, 1, 1]\n", "[", "]"));
    }

    @Test
    void mergedAliasesOfAliasesAreRefusedToo() {
        refusedAtOnce(bomb("x0: &a0 {a: 1, b: 2}\n", "{<<: [", "], c: 1}"));
    }

    @Test
    void manyMergesOfOneLargeMapAreRefused() {
        StringBuilder yaml = new StringBuilder("big: &big {");
        for (int i = 0; i < 5_000; i++) {
            yaml.append("k").append(i).append(": 1, ");
        }
        yaml.append("}\nlist:\n");
        for (int i = 0; i < 5_000; i++) {
            yaml.append("- {<<: *big}\n");
        }
        refusedAtOnce(yaml.toString());
    }

    @Test
    void aChainOfAliasesIsNoRecursionWithoutEnd() {
        StringBuilder yaml = new StringBuilder("x0: &a0 [1]\n");
        for (int i = 1; i < 20_000; i++) {
            yaml.append("x")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append("]\n");
        }
        refusedAtOnce(yaml.toString());
    }

    @Test
    void aHundredStagesMayShareOneMap() {
        StringBuilder yaml = new StringBuilder("x: &x {a: 1, b: 2}\nlist:\n");
        for (int i = 0; i < 100; i++) {
            yaml.append("- {<<: *x, c: ").append(i).append("}\n");
        }
        assertThat(read(yaml.toString())).isPresent();
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void aliasesThatRepeatALittleAreWhatTheyAreFor() {
        assertThat(read("a: &a [1, 2]\nb: [*a, *a]\nc: {<<: {d: *a}}\n")).isPresent();
        assertThat(problems.sorted()).isEmpty();
    }
}
