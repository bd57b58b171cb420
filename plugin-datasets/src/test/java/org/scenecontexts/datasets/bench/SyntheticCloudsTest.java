package org.scenecontexts.datasets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.workload.RoomSize;

class SyntheticCloudsTest {

    private static final Scene ROOM = new SyntheticClouds().room(RoomSize.K20);

    private static Set<List<Integer>> voxels(Scene room) {
        Set<List<Integer>> voxels = new HashSet<>();
        for (int i = 0; i < room.size(); i++) {
            voxels.add(List.of(cell(room, i, 0), cell(room, i, 1), cell(room, i, 2)));
        }
        return voxels;
    }

    private static int cell(Scene room, int point, int axis) {
        return (int) Math.floor(room.positions()[3 * point + axis] / RoomSize.SPACING);
    }

    @Test
    void hasOnePointPerVoxelAndAsManyAsAsked() {
        assertThat(ROOM.size()).isEqualTo(RoomSize.K20.voxels());
        assertThat(voxels(ROOM)).hasSize(RoomSize.K20.voxels());
    }

    /** The recorded rooms have 13.6 of 27 neighbours on average; a surface one voxel thick has 9. */
    @Test
    void hasAboutAsManyNeighboursAsTheRecordedRooms() {
        Set<List<Integer>> voxels = voxels(ROOM);
        long pairs = 0;
        for (List<Integer> v : voxels) {
            for (int k = 0; k < 27; k++) {
                boolean present =
                        voxels.contains(List.of(v.get(0) + k % 3 - 1, v.get(1) + k / 3 % 3 - 1, v.get(2) + k / 9 - 1));
                pairs += present ? 1 : 0;
            }
        }
        assertThat((double) pairs / voxels.size()).isBetween(8.0, 16.0);
    }

    @Test
    void isTheSameAtEveryCall() {
        assertThat(new SyntheticClouds().room(RoomSize.K20).positions()).isEqualTo(ROOM.positions());
    }

    @Test
    void hasColoursAndTwentyClasses() {
        assertThat(ROOM.hasColours()).isTrue();
        assertThat(Arrays.stream(ROOM.labels()).boxed())
                .allMatch(label -> label >= -1 && label < 20)
                .contains(0, 1);
    }
}
