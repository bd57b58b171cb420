/** Scenes, data sets, transforms, samples and batches. */
@Incubating
package org.scenecontexts.api.data;

import org.scenecontexts.api.Incubating;
