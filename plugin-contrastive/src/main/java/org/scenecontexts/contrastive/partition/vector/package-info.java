/** Partitioners with vectorised loops; loaded only where the incubating vector module is present. */
package org.scenecontexts.contrastive.partition.vector;
