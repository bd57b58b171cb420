/**
 * Augmentations and preparations of scenes: those of the published system (REFERENCE 5.4 to 5.7) and a few more.
 *
 * <p>Each separates what chance decides from what is then done, so that the latter can be compared with recorded draws.
 */
package org.scenecontexts.datasets.augment;
