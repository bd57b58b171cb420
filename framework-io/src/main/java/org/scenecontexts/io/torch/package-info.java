/** Reading and writing PyTorch checkpoints without running any of the code that a pickle may name. */
package org.scenecontexts.io.torch;
