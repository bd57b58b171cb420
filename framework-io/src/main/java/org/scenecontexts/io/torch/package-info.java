/** Reading and writing PyTorch checkpoints without running any of the code that a pickle may name. */
@Incubating
package org.scenecontexts.io.torch;

import org.scenecontexts.api.Incubating;
