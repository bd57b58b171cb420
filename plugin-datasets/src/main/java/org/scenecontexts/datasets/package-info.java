/** Scenes to learn from, and their augmentations: procedural rooms, and folders of point-cloud files. */
package org.scenecontexts.datasets;
