/** Vector API implementations of the contrast kernels; the only package of this plugin that sees the incubator module. */
package org.scenecontexts.contrastive.loss.vector;
