/**
 * Data of overlapping views for contrastive pre-training: ScanNet recordings turned into clouds and overlap lists (REFERENCE
 * 3), the folders that this makes, and folders of registered clouds.
 */
package org.scenecontexts.datasets.pairs;
