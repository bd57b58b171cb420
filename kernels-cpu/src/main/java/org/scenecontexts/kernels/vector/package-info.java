/**
 * Register tiles that matrix products and sparse convolutions share: for implementations of kernels, not for models.
 * Loaded only where the module {@code jdk.incubator.vector} is present.
 */
package org.scenecontexts.kernels.vector;
