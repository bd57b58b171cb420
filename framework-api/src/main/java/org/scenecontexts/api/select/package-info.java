/** Choosing the points that are worth labelling: the extension point behind {@code select} stages. */
package org.scenecontexts.api.select;
