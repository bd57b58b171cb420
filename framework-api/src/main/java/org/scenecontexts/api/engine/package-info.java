/** Devices: engines, buffers, indices, kernels. */
@Incubating
package org.scenecontexts.api.engine;

import org.scenecontexts.api.Incubating;
