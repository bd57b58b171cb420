package org.scenecontexts.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;

class BinderTest {

    record Number(double value) {}

    record Whole(int value) {}

    record Flag(boolean value) {}

    record Text(String value) {}

    record Several(
            @NotEmpty List<Integer> sizes,
            @Default("{a: 1}") Map<String, Integer> counts) {}

    record Bounded(@Min(1) List<Integer> sizes) {}

    private final Problems problems = new Problems();

    private <R extends Record> Optional<R> bind(String yaml, Class<R> type) {
        Node node = YamlReader.read(SourceText.of("test.yaml", yaml), problems).orElseThrow();
        return new Binder(Toys.all(), Map.of(), problems).bind(node, type, node.position(), "");
    }

    private Toys.Rooms.Config rooms(String yaml) {
        assertThat(bind(yaml, Toys.Chooser.class)).as("%s", problems.sorted()).isPresent();
        return (Toys.Rooms.Config)
                bind(yaml, Toys.Chooser.class).orElseThrow().data().config();
    }

    private Problem onlyProblem() {
        assertThat(problems.sorted()).hasSize(1);
        return problems.sorted().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4,0.0001",
        "1_000,1000",
        ".5,0.5",
        "5.,5",
        "-2E3,-2000",
        "+1,1",
        "0x10,16",
        ".inf,Infinity",
        "0,0",
        "5%,0.05",
        "12.5 %,0.125"
    })
    void readsNumbersHoweverTheyAreWritten(String written, double value) {
        assertThat(bind("value: " + written, Number.class)).contains(new Number(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1%", "'5%'", "5%%", "five %", "5 percent"})
    void refusesWhatIsNoPercentage(String written) {
        assertThat(bind("value: " + written, Number.class)).isEmpty();
        assertThat(onlyProblem().message()).startsWith("expected a number");
    }

    @Test
    void readsWholeNumbersInScientificNotation() {
        assertThat(bind("value: 1e4", Whole.class)).contains(new Whole(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e10", "010", "'5'", "ten", "1:30", "5,", "~", "[1]", "true"})
    void refusesWhatIsNoWholeNumber(String written) {
        assertThat(bind("value: " + written, Whole.class)).isEmpty();
        assertThat(onlyProblem().position().orElseThrow()).hasToString("test.yaml:1:8");
    }

    @ParameterizedTest
    @CsvSource({
        "yes,write true",
        "Off,write false",
        "'\"true\"',remove the quotes",
        "'False,',remove the trailing comma"
    })
    void takesTrueAndFalseOnlyAndSaysWhatToWrite(String written, String suggestion) {
        assertThat(bind("value: " + written, Flag.class)).isEmpty();
        assertThat(onlyProblem().message()).startsWith("expected true or false, found the");
        assertThat(onlyProblem().suggestion().orElseThrow()).startsWith(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "12", "1e5", "'~'"})
    void readsAnythingAsTextWhereTextIsWanted(String written) {
        assertThat(bind("value: " + written, Text.class)).contains(new Text(written.replace("'", "")));
    }

    @Test
    void warnsOfTextThatEndsWithAComma() {
        assertThat(bind("value: lamp,", Text.class)).isPresent();
        assertThat(onlyProblem().severity()).isEqualTo(Problem.Severity.WARNING);
    }

    @Test
    void fillsInDefaultsOfEveryType() {
        assertThat(rooms("data: {type: toy-rooms, scenes: 3}"))
                .isEqualTo(new Toys.Rooms.Config(
                        3,
                        Toys.Rooms.Split.TRAIN,
                        Map.of(),
                        List.of(0.5, 1.0),
                        Optional.empty(),
                        Optional.empty(),
                        "lab"));
    }

    @Test
    void readsEnumsPathsMapsListsAndGroups() {
        String yaml = "data:\n  type: toy-rooms\n  scenes: 3\n  split: held-out\n  counts: {chair: 2}\n  scales: [2]\n"
                + "  folder: a/b\n  scanner: {model: x}\n";
        assertThat(rooms(yaml))
                .isEqualTo(new Toys.Rooms.Config(
                        3,
                        Toys.Rooms.Split.HELD_OUT,
                        Map.of("chair", 2),
                        List.of(2.0),
                        Optional.of(Path.of("a/b")),
                        Optional.of(new Toys.Rooms.Scanner(1.5, Optional.of("x"))),
                        "lab"));
    }

    @Test
    void choosesAPluginByItsQualifiedName() {
        assertThat(rooms("data: {type: toy-data/toy-rooms, scenes: 3}").scenes())
                .isEqualTo(3);
    }

    @Test
    void reportsANameThatTwoPluginsOffer() {
        Toys toys = Toys.all().add("other", new Toys.Rooms());
        Node node = YamlReader.read(SourceText.of("t", "data: {type: toy-rooms, scenes: 3}"), problems)
                .orElseThrow();
        new Binder(toys, Map.of(), problems).bind(node, Toys.Chooser.class, node.position(), "");
        assertThat(onlyProblem().suggestion()).contains("write toy-data/toy-rooms or other/toy-rooms");
    }

    @Test
    void namesTheNearestPluginAllOthersAndThoseThatFailed() {
        Toys toys = Toys.all().failing("plugin 'foo' failed to load because it is damaged");
        Node node =
                YamlReader.read(SourceText.of("t", "data: toy-romos"), problems).orElseThrow();
        new Binder(toys, Map.of(), problems).bind(node, Toys.Chooser.class, node.position(), "");
        assertThat(onlyProblem().message()).isEqualTo("unknown dataset 'toy-romos'");
        assertThat(onlyProblem().suggestion().orElseThrow())
                .isEqualTo(
                        "did you mean 'toy-rooms' (plugin 'toy-data')? available: toy-rooms; plugin 'foo' failed to load"
                                + " because it is damaged");
    }

    @Test
    void reportsAMisspeltRequiredKeyOnce() {
        assertThat(bind("data: {type: toy-rooms, scnes: 3}", Toys.Chooser.class))
                .isEmpty();
        assertThat(onlyProblem().message()).isEqualTo("unknown key 'scnes'");
        assertThat(onlyProblem().suggestion().orElseThrow()).startsWith("did you mean 'scenes'?");
        assertThat(onlyProblem().path()).isEqualTo("data.scnes");
        assertThat(onlyProblem().plugin()).contains("toy-data");
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() {
        assertThat(bind("data: {type: toy-rooms, scenes: 2000, split: held-out}", Toys.Chooser.class))
                .isEmpty();
        assertThat(onlyProblem().message()).isEqualTo("there are 1000 held-out rooms, found scenes: 2000");
    }

    @Test
    void checksBoundsOfItemsAndEmptiness() {
        bind("sizes: [1, 0]", Bounded.class);
        bind("sizes: []", Several.class);
        assertThat(problems.sorted())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "the value 0 is out of range: it must be at least 1", "the list must not be empty");
    }

    @Test
    void collectsAllProblemsInReadingOrder() {
        bind("data:\n  type: toy-rooms\n  scenes: many\n  split: hold-out\n  extra: 1\n", Toys.Chooser.class);
        assertThat(problems.sorted())
                .extracting(problem -> problem.position().orElseThrow().line())
                .containsExactly(3, 4, 5);
    }
}
