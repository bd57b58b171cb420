package org.scenecontexts.runtime.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.SceneClasses;

/** Colours of classes that have none of their own. */
class PaletteTest {

    @Test
    void hundredsOfClassesHaveColoursOfTheirOwn() {
        List<String> names = IntStream.range(0, 200).mapToObj(k -> "class " + k).toList();
        List<Integer> palette = SceneClasses.of(names).palette();
        assertThat(palette).doesNotHaveDuplicates().allMatch(colour -> colour >= 0 && colour <= 0xFFFFFF);
        assertThat(palette.subList(0, 2)).containsExactly(0xAEC7E8, 0x98DF8A);
    }
}
