/** What this plugin offers to {@code csc bench}. */
package org.scenecontexts.datasets.bench;
