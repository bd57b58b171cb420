/** An engine whose values stay in the memory of an OpenCL device. */
package org.scenecontexts.resident;
