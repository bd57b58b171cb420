package org.scenecontexts.contrastive.pair;

import java.util.List;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;

/**
 * Two sampled views of one place with their matches.
 *
 * @param example the views as the data set gave them
 * @param views the sampled points of both
 * @param matches rows of the two views that are the same place
 * @param seed chance for the loss of this sample
 */
record PairSample(Example example, List<SampledPoints> views, RadiusMatches.Matches matches, long seed)
        implements Sample {

    PairSample {
        views = List.copyOf(views);
    }
}
