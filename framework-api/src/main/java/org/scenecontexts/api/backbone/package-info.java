/** Networks that turn points into features. */
@Stable
package org.scenecontexts.api.backbone;

import org.scenecontexts.api.Stable;
