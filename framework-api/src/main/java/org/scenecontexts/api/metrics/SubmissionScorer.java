package org.scenecontexts.api.metrics;

import org.scenecontexts.api.data.Scene;

/**
 * Counts a folder of submission files against the truth: what the server that they are meant for would say.
 *
 * <p>Created anew for every folder; called from one thread, in the order of the data set. A folder that a server would refuse
 * ends in a {@link org.scenecontexts.api.data.CloudException} with file, line and reason.
 *
 * @since 0.2
 */
public interface SubmissionScorer {

    /**
     * Reads the files of one scene, and counts them where the scene has a truth.
     *
     * @param scene the original scene; without labels its files are looked at only
     * @throws org.scenecontexts.api.data.CloudException when a file is missing or would be refused
     */
    void add(Scene scene);

    /**
     * The figures over all scenes so far.
     *
     * @throws org.scenecontexts.api.data.CloudException when the folder has files that belong to none of them
     */
    Report report();
}
