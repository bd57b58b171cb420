/** Sparse convolution composed of dense kernels, for engines that have no other of their own. */
package org.scenecontexts.sparseconv.kernel.composed;
