/** Sparse convolution with the Vector API; loaded only where {@code jdk.incubator.vector} is present. */
package org.scenecontexts.sparseconv.kernel.vector;
