/** Folders that other programs prepared, read as they are. */
package org.scenecontexts.datasets.folders;
