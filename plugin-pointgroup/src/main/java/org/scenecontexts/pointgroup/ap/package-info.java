/** How good found objects are: average precision of instances as ScanNet's benchmark and the published system count it. */
package org.scenecontexts.pointgroup.ap;
