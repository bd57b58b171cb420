/** Voxels: keys and order of cells, grids of occupied cells, and convolutions over them. */
package org.scenecontexts.api.grid;
