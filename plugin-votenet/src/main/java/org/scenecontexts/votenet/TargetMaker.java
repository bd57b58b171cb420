package org.scenecontexts.votenet;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.votenet.loss.BoxLossKernels;
import org.scenecontexts.votenet.loss.DetectionTargets;
import org.scenecontexts.votenet.loss.SeedTargets;
import org.scenecontexts.votenet.loss.VotedObjects;
import org.scenecontexts.votenet.proposal.BoxCoding;

/** Puts the objects of a batch into the numbers that the loss compares with (REFERENCE 8.4, 8.5). */
final class TargetMaker {

    private static final int PADDED = 64;
    private static final int ID = BoxLossKernels.ID;

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

    /**
     * Where seeds should vote, found where they are: which points of the batch they are nobody has to know on the host.
     *
     * @return to be closed when the loss has been computed
     */
    static SeedTargets seeds(PointBatch points, FeatureSet seeds, List<SceneObjects> objects) {
        TensorEngine engine = seeds.features().engine();
        VotedObjects voted =
                VotedObjects.of(objects.stream().map(SceneObjects::voted).toList());
        Tensor places = seeds.places().rows();
        Tensor ways = engine.allocate(places.rows(), BoxLossKernels.WAYS);
        Optional<Tensor> ids =
                voted.ids().length == 0 ? Optional.empty() : Optional.of(seeds.gather(ids(engine, points)));
        engine.kernel(BoxLossKernels.class)
                .ways(new BoxLossKernels.Ways(
                        voted,
                        places.rows(),
                        ids.map(Tensor::buffer).orElse(Buffer.NONE),
                        places.buffer(),
                        ways.buffer()));
        ids.ifPresent(Tensor::release);
        return new SeedTargets(places, ways);
    }

    /** The instance of every row of a batch, each as two whole numbers that a float holds. */
    private static Tensor ids(TensorEngine engine, PointBatch points) {
        record Key(TensorEngine engine) {}
        return points.derived(new Key(engine), () -> {
            float[] halves = new float[ID * points.rows()];
            for (int i = 0; i < points.rows(); i++) {
                halves[ID * i] = VotedObjects.low(points.instances()[i]);
                halves[ID * i + 1] = VotedObjects.high(points.instances()[i]);
            }
            return engine.wrap(halves, points.rows(), ID);
        });
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
