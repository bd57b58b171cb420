package org.scenecontexts.datasets;

/**
 * Says where public data sets are asked for, once for all that read or prepare them.
 *
 * @since 0.2
 */
public final class Sources {

    public static final String SCANNET = "ask for ScanNet at http://www.scan-net.org";

    public static final String S3DIS =
            "ask for Stanford3dDataset_v1.2.zip at http://buildingparser.stanford.edu/dataset.html";

    public static final String SUN_RGBD =
            "SUNRGBD.zip and SUNRGBDtoolbox.zip of SUN RGB-D are given out at https://rgbd.cs.princeton.edu";

    private Sources() {}

    /** The same, and the preparation that makes the files which are read. */
    public static String prepared(String source, String type) {
        return source + ", and make the folder of it with 'prepare: {type: " + type + "}'";
    }
}
