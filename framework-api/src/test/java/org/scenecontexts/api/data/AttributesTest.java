package org.scenecontexts.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a scene carries beside its core follows its points to the network, and is named where it is missing. */
class AttributesTest {

    private static final Scene SCENE = Scene.ofPositions("hall", new float[] {0, 0, 0, 2, 0, 0, 4, 2, 6})
            .withPoints(new Attribute.Floats("intensity", 1, new float[] {10, 20, 30}))
            .withPoints(new Attribute.Ints("ring", 2, new int[] {0, 1, 2, 3, 4, 5}))
            .withScene(new Attribute.Ints("kind", 1, new int[] {7}));

    private static float[] inputs(Scene scene, InputFeature... features) {
        return PointBatch.of(List.of(Samplers.all().sample(scene, new Random(1))), List.of(features))
                .inputs();
    }

    @Test
    void attributesOfPointsFollowTheirPoints() {
        Scene some = SCENE.select(new int[] {2, 0});
        assertThat(some.ofPoints("intensity").floats()).containsExactly(30, 10);
        assertThat(((Attribute.Ints) some.ofPoints("ring")).values()).containsExactly(4, 5, 0, 1);
        assertThat(some.ofScene("kind").floats()).containsExactly(7);
    }

    @Test
    void theySurviveEveryOtherChangeOfTheCore() {
        Scene changed = SCENE.withPositions(new float[9])
                .withColours(new float[9])
                .withNormals(new float[9])
                .withLabels(new int[3])
                .withInstances(new int[3])
                .withBoxes(List.of())
                .withOrigin(new Origin(1, 2, 3))
                .withId("other");
        assertThat(changed.attributes()).isSameAs(SCENE.attributes());
    }

    @Test
    void aSampledSceneHasThoseOfItsChosenPoints() {
        SampledPoints points = Samplers.points(2).sample(SCENE, new Random(3));
        for (int row = 0; row < 2; row++) {
            assertThat(points.scene().ofPoints("intensity").floats()[row]).isEqualTo(10 * (points.source()[row] + 1));
        }
    }

    @Test
    void theyAreInputsOfANetworkWithTheirWidthAndDivisor() {
        assertThat(inputs(SCENE, InputFeature.parse("intensity/10"), InputFeature.parse("ring:2")))
                .containsExactly(1, 0, 1, 2, 2, 3, 3, 4, 5);
    }

    @Test
    void positionsAreToldRelativeToTheMiddleOfTheScene() {
        assertThat(inputs(SCENE, InputFeature.POSITION)).containsExactly(-2, -1, -3, 0, -1, -3, 2, 1, 3);
    }

    @Test
    void anInputThatIsMissingNamesThoseThatExist() {
        assertThatThrownBy(() -> inputs(SCENE, InputFeature.parse("reflectance")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(
                        "scene 'hall' has no attribute 'reflectance' of its points; it has intensity, ring");
        assertThatThrownBy(() -> inputs(SCENE, InputFeature.parse("ring")))
                .hasMessageContaining("has 2 numbers per point, but the network is told 1; write 'ring:2'");
    }

    @Test
    void aBatchStacksThemForTasks() {
        PointBatch batch = PointBatch.of(
                List.of(
                        Samplers.all().sample(SCENE, new Random(1)),
                        Samplers.all().sample(SCENE.select(new int[] {1}), new Random(1))),
                List.of());
        assertThat(batch.attribute("intensity")).containsExactly(10, 20, 30, 20);
        assertThat(batch.sceneAttribute("kind")).containsExactly(7, 7);
        assertThatThrownBy(() -> batch.attribute("height-above-ground")).hasMessageContaining("it has intensity, ring");
    }

    @Test
    void rowsMustMatchThePoints() {
        assertThatThrownBy(() -> SCENE.withPoints(new Attribute.Ints("few", 1, new int[] {1})))
                .hasMessageContaining(
                        "the attribute 'few' of the points must have 3 rows to match the positions, found 1");
        assertThatThrownBy(() -> SCENE.withScene(new Attribute.Ints("many", 1, new int[2])))
                .hasMessageContaining("attribute 'many' of the scene must have 1 rows, found 2");
    }

    @Test
    void namesOfTheCoreCannotBeTaken() {
        assertThatThrownBy(() -> new Attribute.Ints("height", 1, new int[0]))
                .hasMessageContaining("cannot be called 'height'");
        assertThatThrownBy(() -> new Attribute.Ints("two words", 1, new int[0])).hasMessageContaining("without spaces");
    }

    @Test
    void attributesOfObjectsBelongToInstances() {
        Attributes attributes =
                SCENE.attributes().withObjects(new int[] {4, 9}, new Attribute.Floats("pose", 3, new float[6]));
        assertThat(SCENE.withAttributes(attributes)
                        .select(new int[] {0})
                        .attributes()
                        .objectIds())
                .containsExactly(4, 9);
        assertThatThrownBy(() -> attributes.withObjects(new int[] {4}, new Attribute.Ints("age", 1, new int[1])))
                .hasMessageContaining("of other objects");
    }

    @Test
    void inputsAreReadAsTheyAreWritten() {
        for (String word : List.of("colour", "position", "intensity", "ring:2", "intensity/65535", "code:4/0.5")) {
            assertThat(InputFeature.parse(word).word()).isEqualTo(word);
        }
        assertThat(InputFeature.parse("positions")).isEqualTo(InputFeature.POSITION);
        assertThatThrownBy(() -> InputFeature.parse("color")).hasMessageContaining("did you mean 'colour'?");
        assertThatThrownBy(() -> InputFeature.parse("ring:"))
                .hasMessageContaining("is no input; expected colour, normal");
        assertThatThrownBy(() -> InputFeature.parse("ring:0")).hasMessageContaining("a width of 1 or more");
        assertThatThrownBy(() -> InputFeature.parse("ring/-2")).hasMessageContaining("positive divisor");
    }
}
