/** Calls of OpenCL through the JDK's foreign-function interface. */
package org.scenecontexts.resident.cl;
