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
        public SceneClasses classes() {
            return ScannetClasses.all();
        }

        @Override
        public int of(long number) {
            return ScannetClasses.of(number);
        }

        @Override
        public int number(int label) {
            return ScannetClasses.number(label);
        }
    },
    /** 200 classes by ScanNet's own number. */
    SCANNET200 {
        @Override
        int number(LabelTable.Row row) {
            return row.id();
        }

        @Override
        public SceneClasses classes() {
            return Scannet200Classes.all();
        }

        @Override
        public int of(long number) {
            return Scannet200Classes.of(number);
        }

        @Override
        public int number(int label) {
            return Scannet200Classes.number(label);
        }
    };

    /** The number that prepared files hold. */
    abstract int number(LabelTable.Row row);

    public abstract SceneClasses classes();

    /** The class of a number, or {@link org.scenecontexts.api.data.Labels#IGNORE} for all that the set leaves out. */
    public abstract int of(long number);

    /** The number that prepared files hold for a class. */
    public abstract int number(int label);
}
