/** An engine whose values stay in the memory of a device. */
package org.scenecontexts.resident;
