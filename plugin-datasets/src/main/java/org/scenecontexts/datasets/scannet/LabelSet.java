package org.scenecontexts.datasets.scannet;

import org.scenecontexts.api.data.SceneClasses;

/** Which of ScanNet's two sets of classes prepared scenes hold numbers of. */
public enum LabelSet {
    /** 20 classes by NYU40 number. */
    SCANNET20 {
        @Override
        int number(LabelTable.Row row) {
            return row.nyu40();
        }

        @Override
        SceneClasses classes() {
            return ScannetClasses.all();
        }

        @Override
        int of(long number) {
            return ScannetClasses.of(number);
        }
    },
    /** 200 classes by ScanNet's own number. */
    SCANNET200 {
        @Override
        int number(LabelTable.Row row) {
            return row.id();
        }

        @Override
        SceneClasses classes() {
            return Scannet200Classes.all();
        }

        @Override
        int of(long number) {
            return Scannet200Classes.of(number);
        }
    };

    /** The number that prepared files hold. */
    abstract int number(LabelTable.Row row);

    abstract SceneClasses classes();

    /** The class of a number, or {@link org.scenecontexts.api.data.Labels#IGNORE} for all that the set leaves out. */
    abstract int of(long number);
}
