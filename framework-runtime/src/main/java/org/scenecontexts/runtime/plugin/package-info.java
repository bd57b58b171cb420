/**
 * Finds plugins in folders and on the class path, keeps the broken ones from harming the others, and says of each what is
 * wrong and what to do.
 */
package org.scenecontexts.runtime.plugin;
