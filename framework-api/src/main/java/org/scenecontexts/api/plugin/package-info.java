/** What all extension points have in common. */
@Stable
package org.scenecontexts.api.plugin;

import org.scenecontexts.api.Stable;
