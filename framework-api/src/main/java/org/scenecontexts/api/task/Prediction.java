package org.scenecontexts.api.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;

/**
 * One kind of thing that a network can say about a scene, so that tasks and those who use their results agree on it before
 * anything runs: a task's factory names the {@link Part}s that it gives, a benchmark's those that it takes.
 *
 * <p>The family is closed: whoever handles predictions can handle all of them. A task that gives none of its kinds gives
 * {@link PointValues} or {@link SceneValues} under a name of its own. Arrays are not copied: treat as immutable.
 *
 * @since 0.2
 */
public sealed interface Prediction {

    /** What this is, as factories name it. */
    Part part();

    /** The kinds of predictions. */
    enum Kind {
        /** A class for every point. */
        LABELS,
        /** Objects as sets of points. */
        INSTANCES,
        /** Objects as boxes. */
        BOXES,
        /** Numbers for every point, under a name. */
        POINT_VALUES,
        /** Numbers for the whole scene, under a name. */
        SCENE_VALUES;

        /** As it is written in messages, such as {@code point-values}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Names a prediction before it is made.
     *
     * @param name of values; empty for the other kinds, of which a scene has one each
     */
    record Part(Kind kind, String name) {

        /** A class for every point. */
        public static final Part LABELS = new Part(Kind.LABELS, "");
        /** Objects as sets of points. */
        public static final Part INSTANCES = new Part(Kind.INSTANCES, "");
        /** Objects as boxes. */
        public static final Part BOXES = new Part(Kind.BOXES, "");

        /** @throws IllegalArgumentException when values have no name, or another kind has one */
        public Part {
            Objects.requireNonNull(kind, "kind");
            boolean named = kind == Kind.POINT_VALUES || kind == Kind.SCENE_VALUES;
            if (named == name.isBlank()) {
                throw new IllegalArgumentException(
                        "predicted " + kind.word() + (named ? " need a name" : " have no name, found '" + name + "'"));
            }
        }

        /** Numbers for every point, such as heights. */
        public static Part pointValues(String name) {
            return new Part(Kind.POINT_VALUES, name);
        }

        /** Numbers for the whole scene, such as the scores of its classes. */
        public static Part sceneValues(String name) {
            return new Part(Kind.SCENE_VALUES, name);
        }

        /** Such as {@code labels} or {@code point-values 'height'}. */
        @Override
        public String toString() {
            return name.isEmpty() ? kind.word() : kind.word() + " '" + name + "'";
        }
    }

    /**
     * A class for every point.
     *
     * @param classes class per original point, {@code [N]}; {@link org.scenecontexts.api.data.Labels#IGNORE} where the
     *     network saw nothing
     * @param confidence 0 to 1 per original point, {@code [N]}
     * @param scores raw class scores at the sampled rows, {@code [M, K]}
     * @param sampled class per sampled row, {@code [M]}
     */
    record PointLabels(int[] classes, float[] confidence, float[] scores, int[] sampled) implements Prediction {
        /**
         * The class of the largest score, the first on ties, with its probability (softmax).
         *
         * @param scores raw, at the sampled rows, {@code [M, K]}
         * @param count number of classes, K
         * @param inverse for each original point its row, or a negative number where the network saw nothing, {@code [N]}
         * @throws IllegalStateException when a row has no probabilities, since its scores are not finite
         */
        public static PointLabels ofScores(float[] scores, int count, int[] inverse) {
            int[] best = new int[scores.length / count];
            float[] sure = new float[best.length];
            for (int row = 0; row < best.length; row++) {
                int first = row * count;
                for (int c = 1; c < count; c++) {
                    best[row] = scores[first + c] > scores[first + best[row]] ? c : best[row];
                }
                double sum = 0;
                for (int c = 0; c < count; c++) {
                    sum += Math.exp(scores[first + c] - scores[first + best[row]]);
                }
                requireNumber(sum, row);
                sure[row] = (float) (1 / sum);
            }
            int[] classes = new int[inverse.length];
            float[] confidence = new float[inverse.length];
            for (int i = 0; i < inverse.length; i++) {
                boolean seen = inverse[i] >= 0;
                classes[i] = seen ? best[inverse[i]] : Labels.IGNORE;
                confidence[i] = seen ? sure[inverse[i]] : 0;
            }
            return new PointLabels(classes, confidence, scores, best);
        }

        private static void requireNumber(double sum, int row) {
            if (Double.isNaN(sum)) {
                throw new IllegalStateException("the network's scores of row " + row + " are no finite numbers, so that"
                        + " its labels mean nothing; look whether the loss of its training stayed finite, and take an"
                        + " earlier checkpoint or other weights");
            }
        }

        /** @throws IllegalArgumentException when there is not one confidence per class */
        public PointLabels {
            if (classes.length != confidence.length) {
                throw new IllegalArgumentException("labels come with one confidence each, found " + classes.length
                        + " labels and " + confidence.length + " confidences");
            }
        }

        @Override
        public Part part() {
            return Part.LABELS;
        }
    }

    /** Objects as sets of points; one point may belong to several. */
    record Instances(List<ScenePrediction.Instance> found) implements Prediction {
        public Instances {
            found = List.copyOf(found);
        }

        /**
         * For each of the first points of the scene the number of its object, or {@link Labels#NO_INSTANCE}. Of objects that
         * share a point the surest has it, the first of equals.
         *
         * @param points how many
         */
        public int[] owners(int points) {
            int[] owners = new int[points];
            Arrays.fill(owners, Labels.NO_INSTANCE);
            for (int k = 0; k < found.size(); k++) {
                for (int point : found.get(k).points()) {
                    if (point < points
                            && (owners[point] < 0
                                    || found.get(k).score()
                                            > found.get(owners[point]).score())) {
                        owners[point] = k;
                    }
                }
            }
            return owners;
        }

        @Override
        public Part part() {
            return Part.INSTANCES;
        }
    }

    /** Objects as boxes, relative to the scene's origin. */
    record Boxes(List<ScenePrediction.ScoredBox> found) implements Prediction {
        public Boxes {
            found = List.copyOf(found);
        }

        @Override
        public Part part() {
            return Part.BOXES;
        }

        /** The boxes without their scores. */
        public List<Box> boxes() {
            return found.stream().map(ScenePrediction.ScoredBox::box).toList();
        }
    }

    /**
     * Numbers for every point.
     *
     * @param name what they are: lower-case words joined by hyphens; used as a field of files
     * @param width numbers per point, W
     * @param values at the original points, {@code [N, W]}; NaN where the network saw nothing
     * @param sampled at the sampled rows, {@code [M, W]}
     */
    record PointValues(String name, int width, float[] values, float[] sampled) implements Prediction {
        /** @throws IllegalArgumentException when the arrays hold no whole number of rows */
        public PointValues {
            if (width < 1 || values.length % width != 0 || sampled.length % width != 0) {
                throw new IllegalArgumentException("predicted values '" + name + "' of width " + width
                        + " need whole rows, found " + values.length + " values at points and " + sampled.length
                        + " at sampled rows");
            }
        }

        @Override
        public Part part() {
            return Part.pointValues(name);
        }
    }

    /**
     * Numbers for the whole scene.
     *
     * @param name what they are: lower-case words joined by hyphens
     * @param titles what each number is, such as the names of classes; as many as values
     * @param values {@code [W]}
     */
    record SceneValues(String name, List<String> titles, float[] values) implements Prediction {
        /** @throws IllegalArgumentException when there is not one title per value */
        public SceneValues {
            titles = List.copyOf(titles);
            if (titles.size() != values.length) {
                throw new IllegalArgumentException("predicted values '" + name + "' come with one title each, found "
                        + values.length + " values and " + titles.size() + " titles");
            }
        }

        @Override
        public Part part() {
            return Part.sceneValues(name);
        }
    }
}
