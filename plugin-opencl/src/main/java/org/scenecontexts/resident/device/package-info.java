/** What the engine needs of a device, whichever driver it is reached through: memory, an ordered queue, programs. */
package org.scenecontexts.resident.device;
