package org.scenecontexts.votenet;

import java.util.List;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.votenet.loss.BoxLossKernels;
import org.scenecontexts.votenet.loss.DetectionTargets;
import org.scenecontexts.votenet.loss.SeedTargets;
import org.scenecontexts.votenet.proposal.BoxCoding;

/** Puts the objects of a batch into the numbers that the loss compares with (REFERENCE 8.4, 8.5). */
final class TargetMaker {

    private static final int PADDED = 64;

    private final BoxCoding coding;
    private final boolean padded;

    /** @param padded whether every scene is filled up with rows at the origin, as published */
    TargetMaker(BoxCoding coding, boolean padded) {
        this.coding = coding;
        this.padded = padded;
    }

    /** The boxes of all scenes. */
    DetectionTargets targets(List<SceneObjects> objects) {
        int[] offsets = new int[objects.size() + 1];
        for (int b = 0; b < objects.size(); b++) {
            int found = objects.get(b).boxes().size();
            offsets[b + 1] = offsets[b] + (padded ? Math.max(PADDED, found) : found);
        }
        return new DetectionTargets(rows(objects, offsets), offsets);
    }

    /** Where seeds should vote. */
    static SeedTargets seeds(PointBatch points, FeatureSet seeds, List<SceneObjects> objects) {
        int count = seeds.rows().length;
        float[] ways = new float[BoxLossKernels.WAYS * count];
        for (int b = 0; b < objects.size(); b++) {
            for (int seed = seeds.offsets()[b]; seed < seeds.offsets()[b + 1]; seed++) {
                int point = seeds.rows()[seed] - points.offsets()[b];
                int at = BoxLossKernels.WAYS * seed;
                ways[at + BoxLossKernels.WAYS - 1] = objects.get(b).votes(point, ways, at) ? 1 : 0;
            }
        }
        return new SeedTargets(seeds.places().rows(), seeds.features().engine().wrap(ways, count, BoxLossKernels.WAYS));
    }

    private DetectionTargets.Rows rows(List<SceneObjects> objects, int[] offsets) {
        int count = offsets[objects.size()];
        DetectionTargets.Rows rows = new DetectionTargets.Rows(
                new float[3 * count],
                new boolean[count],
                new int[count],
                new float[count],
                new int[count],
                new float[3 * count],
                new int[count]);
        for (int b = 0; b < objects.size(); b++) {
            List<Box> boxes = objects.get(b).boxes();
            for (int i = 0; i < boxes.size(); i++) {
                put(rows, offsets[b] + i, boxes.get(i));
            }
        }
        return rows;
    }

    private void put(DetectionTargets.Rows rows, int row, Box box) {
        rows.centres()[3 * row] = (float) box.centreX();
        rows.centres()[3 * row + 1] = (float) box.centreY();
        rows.centres()[3 * row + 2] = (float) box.centreZ();
        rows.real()[row] = true;
        BoxCoding.Heading heading = coding.heading(box);
        rows.headings()[row] = heading.bin();
        rows.headingResiduals()[row] = (float) heading.residual();
        rows.sizes()[row] = box.label();
        for (int axis = 0; axis < 3; axis++) {
            rows.sizeResiduals()[3 * row + axis] = (float) coding.residual(box, box.label(), axis);
        }
        rows.classes()[row] = box.label();
    }
}
