/** Weights in safetensors files. */
@Incubating
package org.scenecontexts.io.safetensors;

import org.scenecontexts.api.Incubating;
