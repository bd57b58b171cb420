/**
 * Voxel coordinates and kernel maps: which input row meets which output row under which kernel offset.
 *
 * <p>Rows are kept in Morton order (x in the lowest bit, then y, then z; batch item on top), which makes neighbours in
 * space neighbours in memory and turns strides and their parents into shifts of the key.
 */
package org.scenecontexts.sparseconv.map;
