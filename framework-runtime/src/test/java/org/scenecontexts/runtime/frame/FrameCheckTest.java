package org.scenecontexts.runtime.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.Up;

/** What is said about scenes that do not look like those of training, which are rooms of 3 to 5 m. */
class FrameCheckTest {

    private final List<String> said = new ArrayList<>();

    private static TrainingFrame frame(InputFeature... inputs) {
        TrainingFrame frame = TrainingFrame.begin(Map.of("up", "minus-y", "scale", "0.001"), List.of(inputs));
        for (int seed = 0; seed < 6; seed++) {
            frame = frame.plus(Rooms.room(seed));
        }
        return frame;
    }

    private FrameCheck check(TrainingFrame frame) {
        return new FrameCheck(frame, FrameCheck.Advice.OPTIONS, said::add);
    }

    private FrameCheck check() {
        return check(frame(InputFeature.COLOUR));
    }

    @Test
    void nothingAboutScenesOfTheSameKind() {
        for (int seed = 10; seed < 40; seed++) {
            check().check(Rooms.room(seed));
        }
        assertThat(said).isEmpty();
    }

    @Test
    void nothingAboutThePlaceOfAScene() {
        Scene room = Rooms.room(10);
        float[] moved = room.positions().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += new float[] {20, -7, 40}[i % 3];
        }
        check().check(room.withPositions(moved));
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "Z", mode = EnumSource.Mode.EXCLUDE)
    void aSceneThatLiesOnItsSideWithTheAxisThatIsUp(Up up) {
        for (int seed = 10; seed < 16; seed++) {
            said.clear();
            Scene lying = Rooms.lying(Rooms.room(seed), up);
            check().check(lying, 1, Up.Z);
            assertThat(said)
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("'room-")
                            .contains("'up: minus-y'")
                            .endsWith("its axis " + up + " looks more like up than z; try --up " + up));

            said.clear();
            check().check(lying, 1, up);
            assertThat(said).as("turned as told").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1, millimetres, 0.001",
        "100, 1, centimetres, 0.01",
        "39.37, 1, inches, 0.0254",
        "0.001, 1, kilometres, 1000",
        "1000, 10, millimetres, 0.01"
    })
    void aSceneInAnotherUnitWithTheFactor(float factor, double used, String unit, String advice) {
        check().check(Rooms.scaled(Rooms.room(10), factor), used, Up.Z);
        assertThat(said)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("m across, the scenes of training ")
                        .contains("'scale: 0.001'")
                        .contains("it may be in " + unit + ": try --scale " + advice));
    }

    @Test
    void aSceneMuchLargerThanAnyOfTrainingInNoUsualUnit() {
        check().check(Rooms.scaled(Rooms.room(10), 7));
        assertThat(said)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("check its unit (--scale FACTOR), or give it in pieces"));
    }

    @Test
    void coloursThatAreMissingFlatOrOfAnotherRange() {
        Scene room = Rooms.room(10);
        check().check(room.withColours(new float[0]));
        float[] grey = new float[room.colours().length];
        Arrays.fill(grey, 128);
        check().check(room.withColours(grey));
        check().check(Rooms.inColours(room, 1f / 255));
        assertThat(said)
                .satisfiesExactly(
                        line -> assertThat(line).contains("has no colours"),
                        line -> assertThat(line).contains("has one colour (128) at all points"),
                        line -> assertThat(line)
                                .contains("has colours of at most 0.898")
                                .contains("0 to 255"));
    }

    @Test
    void nothingAboutColoursThatTheNetworkDoesNotSee() {
        check(frame(InputFeature.HEIGHT)).check(Rooms.room(10).withColours(new float[0]));
        assertThat(said).isEmpty();
    }

    @Test
    void coloursThatNoSceneOfTrainingHad() {
        TrainingFrame bare = TrainingFrame.begin(Map.of(), List.of(InputFeature.COLOUR))
                .plus(Rooms.room(1).withColours(new float[0]));
        check(bare).check(Rooms.room(2));
        assertThat(said).singleElement().satisfies(line -> assertThat(line).contains("no scene of training had any"));
    }

    @Test
    void normalsThatAreMissing() {
        Scene room = Rooms.room(1);
        TrainingFrame frame =
                TrainingFrame.begin(Map.of(), List.of(InputFeature.NORMAL)).plus(room.withNormals(room.positions()));
        check(frame).check(room);
        assertThat(said).singleElement().satisfies(line -> assertThat(line).contains("has no normals"));
    }

    @Test
    void eachKindOnceForAWholeDataSet() {
        FrameCheck check = new FrameCheck(frame(InputFeature.COLOUR), FrameCheck.Advice.KEYS, said::add);
        for (int seed = 10; seed < 14; seed++) {
            check.check(Rooms.scaled(Rooms.room(seed), 1000));
        }
        assertThat(said)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("'room-10'")
                        .contains("'scale: 0.001' in its data set")
                        .endsWith("(said once)"));
    }

    @Test
    void nothingWhereNothingWasMeasured() {
        check(TrainingFrame.begin(Map.of(), List.of(InputFeature.COLOUR)))
                .check(Rooms.scaled(Rooms.room(1), 1000).withColours(new float[0]));
        assertThat(said).isEmpty();
    }

    @Test
    void aFrameComesBackFromItsTextToTheLastBit() {
        TrainingFrame frame = frame(InputFeature.COLOUR, InputFeature.HEIGHT);
        assertThat(TrainingFrame.parse(frame.text())).contains(frame);
        assertThat(TrainingFrame.parse(frame.text()).orElseThrow().plus(Rooms.room(7)))
                .isEqualTo(frame.plus(Rooms.room(7)));
    }

    @Test
    void aTextOfAnotherVersionIsNoFrame() {
        assertThat(TrainingFrame.parse("{\"scenes\": 3}")).isEmpty();
        assertThat(TrainingFrame.parse("no JSON")).isEmpty();
    }

    @Test
    void aSpreadIsThatOfTheValuesTaken() {
        SceneSpread spread = SceneSpread.NONE.plus(2).plus(4).plus(Double.NaN).plus(9);
        assertThat(spread.count()).isEqualTo(3);
        assertThat(spread.mean()).isCloseTo(5, within(1e-12));
        // Variance (9 + 1 + 16) / 3.
        assertThat(spread.deviation()).isCloseTo(Math.sqrt(26.0 / 3), within(1e-12));
        assertThat(spread.least()).isEqualTo(2);
        assertThat(spread.most()).isEqualTo(9);
    }

    @Test
    void aSceneOfOnePointOrOfNoFinitePointHasAShape() {
        for (float[] positions : List.of(new float[] {1, 2, 3}, new float[] {Float.NaN, 0, 0})) {
            assertThat(SceneShape.of(positions, Up.Z).profile())
                    .hasSize(SceneShape.FIGURES)
                    .allMatch(Double::isFinite);
            check().check(Scene.ofPositions("tiny", positions));
        }
        assertThat(said).isNotEmpty();
    }

    @Test
    void aFrameThatIsReadIsWrittenAsItWas() {
        TrainingFrame frame = frame(InputFeature.ONES, InputFeature.COLOUR);

        assertThat(TrainingFrame.parse(frame.text()).orElseThrow().text()).isEqualTo(frame.text());
    }
}
