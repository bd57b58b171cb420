/** Data loading: from examples to batches, ahead of the network and always the same. */
package org.scenecontexts.runtime.load;
