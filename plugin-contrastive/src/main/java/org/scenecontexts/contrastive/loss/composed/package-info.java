/** The contrastive losses composed of dense kernels and families, for engines that have no others of their own. */
package org.scenecontexts.contrastive.loss.composed;
