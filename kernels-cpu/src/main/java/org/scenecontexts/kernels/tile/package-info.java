/** Sums of products over tiles that stay in registers: what matrix products and convolutions are made of. */
package org.scenecontexts.kernels.tile;
