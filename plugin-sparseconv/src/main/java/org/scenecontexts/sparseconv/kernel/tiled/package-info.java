/** Sparse convolution as sums over register tiles. */
package org.scenecontexts.sparseconv.kernel.tiled;
