/** Looking at a training while it runs, and steering it. */
@Incubating
package org.scenecontexts.api.train;

import org.scenecontexts.api.Incubating;
