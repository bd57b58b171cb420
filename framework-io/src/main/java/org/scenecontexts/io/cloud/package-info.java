/** Files of point clouds. */
@Incubating
package org.scenecontexts.io.cloud;

import org.scenecontexts.api.Incubating;
