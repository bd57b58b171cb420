package org.scenecontexts.datasets.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.datasets.s3dis.S3disClasses;

/**
 * Turns the numbers of other programs into classes and objects.
 *
 * @param classes the classes of the data set
 * @param stuff for each class whether its points belong to no object
 */
record FolderLabels(SceneClasses classes, boolean[] stuff) {

    /** S3DIS as PointNet, Pointcept, MMDetection3D and Open3D count it; the published program has another order. */
    private static final List<String> S3DIS = List.of(
            "ceiling",
            "floor",
            "wall",
            "beam",
            "column",
            "window",
            "door",
            "table",
            "chair",
            "sofa",
            "bookcase",
            "board",
            "clutter");

    /** Given by a mapping for a number that the data set does not have. */
    static final long STRANGE = Long.MIN_VALUE;

    /** @throws IllegalArgumentException when a name of {@code stuff} is no class */
    static FolderLabels of(SceneClasses classes, List<String> stuff) {
        boolean[] flags = new boolean[classes.count()];
        for (String name : stuff) {
            int index = classes.names().indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException("stuff: '" + name + "' is not among the classes " + classes.names());
            }
            flags[index] = true;
        }
        return new FolderLabels(classes, flags);
    }

    /**
     * Says where some scenes have no file of labels but others have: a copy that went wrong must not pass for scenes without any.
     *
     * @param files of labels, one for each scene
     * @param consequence what the scenes without are taken for
     */
    static void sayMissing(Path root, List<Path> files, String consequence, Consumer<String> warn) {
        List<Path> missing = files.stream().filter(Files::notExists).toList();
        if (!missing.isEmpty() && missing.size() < files.size()) {
            warn.accept(
                    root + ": " + missing.size() + " of " + files.size() + " scenes have no labels and are taken for "
                            + consequence + ", the first of them for want of " + missing.getFirst()
                            + "; copy what is missing, or leave these scenes out");
        }
    }

    /** The class of S3DIS that others give a number. */
    static long s3dis(long number) {
        return number < 0 || number >= S3DIS.size()
                ? STRANGE
                : S3disClasses.all().names().indexOf(S3DIS.get((int) number));
    }

    /**
     * Classes of numbers.
     *
     * @param mapping gives a class, {@link Labels#IGNORE} for numbers without one, or {@link #STRANGE}
     * @throws CloudException for a number that the data set does not have
     */
    int[] labels(Path file, long[] numbers, LongUnaryOperator mapping, String expected) {
        int[] labels = new int[numbers.length];
        for (int i = 0; i < labels.length; i++) {
            long label = mapping.applyAsLong(numbers[i]);
            if (label == STRANGE) {
                throw new CloudException(file + ": point " + i + " has the number " + numbers[i] + ", expected "
                        + expected + "; the file is damaged or of another data set");
            }
            labels[i] = (int) label;
        }
        return labels;
    }

    /** Objects of numbers, counted from 0 in the order of the numbers; negative numbers and stuff are none. */
    int[] instances(long[] numbers, int[] labels) {
        long[] things = numbers.clone();
        for (int i = 0; i < things.length; i++) {
            things[i] = labels[i] >= 0 && !stuff[labels[i]] && numbers[i] >= 0 ? numbers[i] : Labels.NO_INSTANCE;
        }
        long[] distinct = Arrays.stream(things)
                .filter(number -> number >= 0)
                .distinct()
                .sorted()
                .toArray();
        int[] instances = new int[things.length];
        for (int i = 0; i < instances.length; i++) {
            instances[i] = things[i] < 0 ? Labels.NO_INSTANCE : Arrays.binarySearch(distinct, things[i]);
        }
        return instances;
    }
}
