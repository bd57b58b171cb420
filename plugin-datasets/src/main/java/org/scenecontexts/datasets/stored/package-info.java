/** This project's own prepared format: one file for each scene that holds all that a scene can have. */
package org.scenecontexts.datasets.stored;
