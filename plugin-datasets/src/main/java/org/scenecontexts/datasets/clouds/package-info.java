/** Point-cloud files of the user's own as a data set. */
package org.scenecontexts.datasets.clouds;
