/** What the data sets that were prepared for the published program have in common: lists of scenes and pickled arrays. */
package org.scenecontexts.datasets.prepared;
