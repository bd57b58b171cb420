/** Choosing the points that are worth labelling, with and without the features of a pre-trained backbone (REFERENCE 9.4). */
package org.scenecontexts.contrastive.select;
