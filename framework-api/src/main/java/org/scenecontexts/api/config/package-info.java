/** How a configuration record says what its keys are. */
@Stable
package org.scenecontexts.api.config;

import org.scenecontexts.api.Stable;
