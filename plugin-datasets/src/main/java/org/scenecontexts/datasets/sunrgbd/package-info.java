/** SUN RGB-D as prepared for detection (REFERENCE 8.5). */
package org.scenecontexts.datasets.sunrgbd;
