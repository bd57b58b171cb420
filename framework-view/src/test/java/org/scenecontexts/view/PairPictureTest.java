package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/** Two views of a place in the colours of their features. */
class PairPictureTest {

    @TempDir
    Path folder;

    /**
     * Three posts of points a hundredth apart, seen alike from both sides.
     *
     * @param trained whether the features of a place are the same in both views
     */
    static Path pairs(Path folder, boolean trained) {
        int n = 60;
        float[] places = new float[3 * n];
        float[] features0 = new float[4 * n];
        float[] features1 = new float[4 * n];
        int[] match = new int[n];
        for (int i = 0; i < n; i++) {
            int post = i % 3;
            places[3 * i] = post;
            places[3 * i + 1] = -post;
            places[3 * i + 2] = i / 3 * 0.01f;
            features0[4 * i + post] = 1;
            features1[4 * i + (trained ? post : (post + 1) % 3)] = 1;
            match[i] = i;
        }
        Map<String, NpArray> arrays = new LinkedHashMap<>();
        arrays.put("positions0", NpArray.of(places, n, 3));
        arrays.put("positions1", NpArray.of(places, n, 3));
        arrays.put("features0", NpArray.of(features0, n, 4));
        arrays.put("features1", NpArray.of(features1, n, 4));
        arrays.put("matches0", NpArray.of(match, n));
        arrays.put("matches1", NpArray.of(match, n));
        Path file = folder.resolve("pairs.npz");
        Npz.writeCompressed(file, arrays);
        return file;
    }

    /** The lowest point of a post, which is where the axes put it: 2 cos 30 degrees to the right for each metre. */
    private static int colour(BufferedImage picture, int post, int left) {
        double width = 2 * 2 * Math.cos(Math.PI / 6);
        int x = left + 1 + (int) (post * 2 * Math.cos(Math.PI / 6) / width * (420 - 3));
        return picture.getRGB(x, 420 - 2) & 0xFFFFFF;
    }

    @Test
    void aPlaceHasItsColourInBothViewsWhereTheFeaturesAgree() {
        BufferedImage picture = PairPicture.draw(pairs(folder, true));
        assertThat(picture.getWidth()).isEqualTo(2 * 420 + 60);
        for (int post = 0; post < 3; post++) {
            assertThat(colour(picture, post, 480)).isEqualTo(colour(picture, post, 0));
        }
        assertThat(new int[] {colour(picture, 0, 0), colour(picture, 1, 0), colour(picture, 2, 0)})
                .doesNotHaveDuplicates();
    }

    @Test
    void placesThatTheNetworkDoesNotKnowAgainDiffer() {
        BufferedImage picture = PairPicture.draw(pairs(folder, false));
        for (int post = 0; post < 3; post++) {
            assertThat(colour(picture, post, 480)).isNotEqualTo(colour(picture, post, 0));
        }
    }

    @Test
    void linesCrossTheGapBetweenTheViews() {
        BufferedImage picture = PairPicture.draw(pairs(folder, true));
        int drawn = 0;
        for (int y = 0; y < 420; y++) {
            drawn += picture.getRGB(450, y) >>> 24 > 100 ? 1 : 0;
        }
        // Level lines at every height of the posts, 0.2 m of 3.5 m in 420 pixels.
        assertThat(drawn).isBetween(10, 60);
    }

    @Test
    void saysHowManyPointsMatchesAndLinesThereAre() {
        assertThat(PairPicture.of(pairs(folder, true)))
                .containsEntry("points", 120)
                .containsEntry("matches", 60)
                .containsEntry("lines", 60);
    }

    @Test
    void aFileThatIsSomethingElseIsRefusedByTheArrayThatItLacks() {
        Path file = folder.resolve("pairs.npz");
        Npz.write(file, Map.of("points", NpArray.of(new int[3], 3)));
        assertThatThrownBy(() -> PairPicture.of(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'positions0' is missing among [points]");
    }
}
