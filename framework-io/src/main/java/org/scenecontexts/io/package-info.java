/**
 * Reads and writes the files of the field: point clouds (PLY, PCD, XYZ) and arrays (NPY, NPZ, safetensors).
 *
 * <p>Codecs know bytes and fields, not scenes or labels: what a field means is decided by the data set that reads it.
 * The runtime and every plugin may use them; of this project they need only the API.
 */
@Incubating
package org.scenecontexts.io;

import org.scenecontexts.api.Incubating;
