/** Voxels: keys and order of cells, grids of occupied cells, and convolutions over them. */
@Incubating
package org.scenecontexts.api.grid;

import org.scenecontexts.api.Incubating;
