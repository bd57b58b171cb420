package org.scenecontexts.io.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void namesThatDifferInWhatFilesCannotHaveGetFilesOfTheirOwn() {
        FileNames names = new FileNames();
        assertThat(List.of(names.of("hall 1"), names.of("hall+1"), names.of("hall_1-2"), names.of("hall_1")))
                .containsExactly("hall_1", "hall_1-2", "hall_1-2-2", "hall_1-3");
    }

    @Test
    void namesThatDifferInCaseOnlyDoSoForFileSystemsThatIgnoreIt() {
        FileNames names = new FileNames();
        assertThat(List.of(names.of("Hall"), names.of("hall"))).containsExactly("Hall", "hall-2");
    }

    @Test
    void noNameLeavesTheFolderOrIsHidden() {
        assertThat(List.of(
                        FileNames.plain("../../etc"),
                        FileNames.plain("Area_5/office_1"),
                        FileNames.plain(".hidden"),
                        FileNames.plain(".."),
                        FileNames.plain(""),
                        FileNames.plain("scene0011_00")))
                .containsExactly("__.._etc", "Area_5_office_1", "_hidden", "_", "_", "scene0011_00");
    }

    @Test
    void noTwoOfManyNamesShareAFile() {
        SplittableRandom random = new SplittableRandom(3);
        String letters = "aA1 +-_./";
        FileNames names = new FileNames();
        Set<String> files = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            StringBuilder name = new StringBuilder();
            for (int k = random.nextInt(5); k >= 0; k--) {
                name.append(letters.charAt(random.nextInt(letters.length())));
            }
            String file = names.of(name.toString());
            assertThat(file).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
            assertThat(files.add(file.toLowerCase(Locale.ROOT))).as(file).isTrue();
        }
    }
}
