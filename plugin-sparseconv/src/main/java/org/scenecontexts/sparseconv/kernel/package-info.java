/**
 * Sparse convolution on {@code float[]}: one interface, a scalar implementation that always works and a vectorised one
 * in {@code kernel.vector}.
 */
package org.scenecontexts.sparseconv.kernel;
