/** Text for people: what comes from files, made safe to show. */
@Stable
package org.scenecontexts.api.text;

import org.scenecontexts.api.Stable;
