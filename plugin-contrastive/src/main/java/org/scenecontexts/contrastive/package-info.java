/** Contrastive pre-training on pairs of views. */
package org.scenecontexts.contrastive;
