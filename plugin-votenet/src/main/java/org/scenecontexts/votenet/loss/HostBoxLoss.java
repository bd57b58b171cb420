package org.scenecontexts.votenet.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.votenet.proposal.HeadColumns;
import org.scenecontexts.votenet.proposal.OneRead;

/**
 * The loss of boxes for engines that have no kernels of their own for it, and for the heap: everything that it needs is read at
 * once and compared by the processor.
 */
final class HostBoxLoss implements BoxLossKernels {

    private final TensorEngine engine;

    HostBoxLoss(TensorEngine engine) {
        this.engine = engine;
    }

    @Override
    public void ways(Ways call) {
        VotedObjects objects = call.objects();
        boolean known = objects.ids().length > 0;
        List<float[]> read = OneRead.of(
                engine,
                List.of(
                        new OneRead.Part(call.places(), 3 * call.seeds()),
                        new OneRead.Part(call.ids(), known ? ID * call.seeds() : 0)));
        float[] places = read.get(0);
        float[] ids = read.get(1);
        float[] ways = new float[WAYS * call.seeds()];
        for (int seed = 0; seed < call.seeds(); seed++) {
            int scene = seed / (call.seeds() / objects.scenes());
            int instance = known ? (int) ids[ID * seed] | (int) ids[ID * seed + 1] << Short.SIZE : Labels.NO_INSTANCE;
            int at = WAYS * seed;
            ways[at + WAYS - 1] = objects.votes(scene, instance, places, 3 * seed, ways, at) ? 1 : 0;
        }
        write(ways, call.ways());
    }

    @Override
    public void compare(Call call) {
        HeadColumns columns = HeadColumns.of(call.coding(), call.classes());
        Sizes sizes = call.sizes();
        List<float[]> read = OneRead.of(
                engine,
                List.of(
                        new OneRead.Part(call.votes(), 3 * sizes.votes()),
                        new OneRead.Part(call.places(), 3 * sizes.proposals()),
                        new OneRead.Part(call.head(), columns.width() * sizes.proposals()),
                        new OneRead.Part(call.seeds(), 3 * sizes.seeds()),
                        new OneRead.Part(call.ways(), WAYS * sizes.seeds())));
        float[] votes = read.get(0);
        float[] places = read.get(1);
        float[] head = read.get(2);
        float[] voteSlopes = new float[votes.length];
        float[] placeSlopes = new float[places.length];
        float[] headSlopes = new float[head.length];
        float[] losses = new float[1 + FIGURES.size()];
        float[] assigned = new float[ASSIGNED * sizes.proposals()];
        if (finite(votes) && finite(places) && finite(head)) {
            Assignment assignment = Assignment.of(places, call.truth());
            assignment.write(assigned);
            Map<String, Double> parts = new ProposalLoss(
                            call.coding(), columns, call.weights(), call.truth(), assignment, head, headSlopes)
                    .parts(centres(places, head, columns));
            double vote = sizes.seeds() == 0
                    ? 0
                    : VoteLoss.of(
                            votes,
                            read.get(3),
                            read.get(4),
                            call.weights().scale() * call.weights().vote(),
                            voteSlopes);
            parts.put(FIGURES.getFirst(), vote);
            losses[0] = (float) call.weights().total(parts);
            for (int i = 0; i < FIGURES.size(); i++) {
                losses[1 + i] = parts.get(FIGURES.get(i)).floatValue();
            }
        } else {
            // Nothing is nearest to a place that is no number: the loss is none either, and whoever trains sees that.
            List.of(voteSlopes, headSlopes, losses).forEach(values -> Arrays.fill(values, Float.NaN));
        }
        // A mean of votes moves the centre of its proposal, and nothing else here.
        for (int i = 0; i < placeSlopes.length; i++) {
            placeSlopes[i] = headSlopes[i / 3 * columns.width() + HeadColumns.CENTRE + i % 3];
        }
        write(voteSlopes, call.gradVotes());
        write(placeSlopes, call.gradPlaces());
        write(headSlopes, call.gradHead());
        write(losses, call.losses());
        write(assigned, call.assignment());
    }

    private static float[] centres(float[] places, float[] head, HeadColumns columns) {
        float[] centres = places.clone();
        for (int i = 0; i < places.length; i++) {
            centres[i] += head[i / 3 * columns.width() + HeadColumns.CENTRE + i % 3];
        }
        return centres;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static void write(float[] values, Buffer to) {
        to.copyIn(0, values, 0, values.length);
    }
}
