/** Tensors, operators and autograd. */
@Incubating
package org.scenecontexts.api.tensor;

import org.scenecontexts.api.Incubating;
