package org.scenecontexts.pointgroup.cluster;

/**
 * What became of a point that is in no object, so that a user who gets no objects can see at which step they were lost.
 * Points of objects carry the object's number instead, which is not negative.
 *
 * @since 0.2
 */
public final class Fate {

    /** Its class has no objects. */
    public static final int STUFF = -1;

    /** Its group has fewer points than noise may have. */
    public static final int NOISE = -2;

    /** Its group is no noise, but too small to be an object. */
    public static final int SMALL = -3;

    /** Nobody was sure enough that its group is an object. */
    public static final int UNSURE = -4;

    /** Its group lies on one that is surer. */
    public static final int SUPPRESSED = -5;

    private Fate() {}
}
