/**
 * The border between the program and plugins: what plugins see of the program, and what the program checks of that which
 * comes back, so that every fault of a plugin names the plugin.
 */
package org.scenecontexts.runtime.guard;
