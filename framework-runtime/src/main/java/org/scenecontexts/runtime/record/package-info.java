/**
 * What a run found, kept where a text can cite it, and the texts that do.
 */
package org.scenecontexts.runtime.record;
