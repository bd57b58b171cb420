/** Sparse convolution for every plugin: the grids of the API over this plugin's kernel maps and kernels. */
package org.scenecontexts.sparseconv.grid;
