/**
 * Sparse convolution over voxels: kernel maps, convolutions forward and backward, and the Res16UNet family of backbones.
 */
package org.scenecontexts.sparseconv;
