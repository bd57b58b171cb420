/** What the preparations of raw data sets have in common: scene by scene, resumable, and verified. */
package org.scenecontexts.datasets.raw;
