/** Semantic segmentation on any backbone: a class for every point, its loss, its metrics and its exports. */
package org.scenecontexts.semseg;
