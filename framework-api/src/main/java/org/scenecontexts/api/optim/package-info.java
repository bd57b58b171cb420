/** Optimizers and schedules of the learning rate. */
@Stable
package org.scenecontexts.api.optim;

import org.scenecontexts.api.Stable;
