package org.scenecontexts.votenet.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.votenet.box.BoxSuppression;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.BoxSelection;
import org.scenecontexts.votenet.proposal.ProposalScores;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/** What the published program read from recorded network outputs, and the figures that it made of that. */
final class RecordedDetections {

    private static final int PER_BATCH = 2;
    private static final int BATCHES = 3;

    private final Npz golden;
    private final boolean turned;
    private final BoxCoding coding;
    private final Map<String, String> settings;

    RecordedDetections(Npz golden) {
        this.golden = golden;
        turned = golden.get("b0/pred/heading_scores").dim(2) > 1;
        coding = turned
                ? new BoxCoding(12, PublishedSizes.SUNRGBD.sizes())
                : new BoxCoding(1, PublishedSizes.SCANNET.sizes());
        settings = golden.has("config")
                ? Stream.of(golden.get("config").strings())
                        .map(line -> line.split("="))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]))
                : Map.of();
    }

    int classes() {
        return coding.meanSizes().length;
    }

    int scenes() {
        return BATCHES * PER_BATCH;
    }

    private boolean is(String key, boolean otherwise) {
        return Boolean.parseBoolean(settings.getOrDefault(key, String.valueOf(otherwise)));
    }

    private static float[] row(NpArray batch, int scene) {
        float[] all = batch.floats();
        int length = all.length / PER_BATCH;
        return Arrays.copyOfRange(all, scene % PER_BATCH * length, (scene % PER_BATCH + 1) * length);
    }

    private float[] in(String what, int scene) {
        return row(golden.get("b" + scene / PER_BATCH + "/" + what), scene);
    }

    List<ScoredBox> found(int scene) {
        ProposalScores scores = new ProposalScores(
                in("pred/center", scene),
                in("pred/objectness_scores", scene),
                in("pred/heading_scores", scene),
                in("pred/heading_residuals", scene),
                in("pred/size_scores", scene),
                in("pred/size_residuals", scene),
                in("pred/sem_cls_scores", scene));
        BoxSuppression suppression = new BoxSuppression(
                is("use_3d_nms", true) ? BoxSuppression.Extent.VOLUME : BoxSuppression.Extent.GROUND,
                is("use_old_type_nms", false) ? BoxSuppression.Share.OTHER : BoxSuppression.Share.UNION,
                Double.parseDouble(settings.getOrDefault("nms_iou", "0.25")),
                is("cls_nms", true));
        return new BoxSelection(
                        suppression,
                        Double.parseDouble(settings.getOrDefault("conf_thresh", "0.05")),
                        is("per_class_proposal", true),
                        is("remove_empty_box", false) ? 5 : 0)
                .select(scores, coding, classes(), in("pred/point_clouds", scene));
    }

    List<Box> truth(int scene) {
        float[] mask = in("gt/box_label_mask", scene);
        float[] centres = in("gt/center_label", scene);
        float[] sizes = in("gt/size_residual_label", scene);
        float[] size = in("gt/size_class_label", scene);
        float[] classes = in("gt/sem_cls_label", scene);
        float[] bins = in("gt/heading_class_label", scene);
        float[] residuals = in("gt/heading_residual_label", scene);
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 1) {
                double[] mean = coding.meanSizes()[(int) size[i]];
                boxes.add(new Box(
                        centres[3 * i],
                        centres[3 * i + 1],
                        centres[3 * i + 2],
                        mean[0] + sizes[3 * i],
                        mean[1] + sizes[3 * i + 1],
                        mean[2] + sizes[3 * i + 2],
                        coding.heading((int) bins[i], residuals[i]),
                        (int) classes[i],
                        -1));
            }
        }
        return boxes;
    }

    /** Classes, scores and centres, in order; the published centres have y downwards. */
    void compare(int scene, List<ScoredBox> found) {
        String out = "b" + scene / PER_BATCH + "/out/pred" + scene % PER_BATCH + "_";
        assertThat(found.stream().mapToInt(box -> box.box().label()).toArray())
                .as("%s classes", out)
                .isEqualTo(golden.get(out + "cls").ints());
        float[] scores = golden.get(out + "score").floats();
        double[] centres = golden.get(out + "center").doubles();
        for (int i = 0; i < scores.length; i++) {
            Box box = found.get(i).box();
            assertThat(found.get(i).score()).isCloseTo(scores[i], within(2e-7f));
            assertThat(box.centreX()).isCloseTo(centres[3 * i], within(1e-6));
            assertThat(box.centreY()).isCloseTo(centres[3 * i + 2], within(1e-6));
            assertThat(box.centreZ()).isCloseTo(-centres[3 * i + 1], within(1e-6));
        }
    }

    void compare(double threshold, DetectionAp.Figures figures) {
        double[] values = golden.get("metrics_" + threshold + "_values").doubles();
        int mean = classes();
        for (int label = 0; label < classes(); label++) {
            assertThat(figures.precision()[label]).isCloseTo(values[label], within(1e-9));
            assertThat(figures.recall()[label]).isCloseTo(values[mean + 1 + label], within(1e-9));
        }
        assertThat(figures.meanPrecision()).isCloseTo(values[mean], within(1e-9));
        assertThat(figures.meanRecall()).isCloseTo(values[2 * mean + 1], within(1e-9));
    }
}
