/** Families of primitives beside dense arithmetic, in OpenCL C. */
package org.scenecontexts.resident.family;
