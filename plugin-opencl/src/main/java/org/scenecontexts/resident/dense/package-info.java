/** Dense arithmetic in OpenCL C. */
package org.scenecontexts.resident.dense;
