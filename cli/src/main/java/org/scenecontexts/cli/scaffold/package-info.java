/** Projects of plugins that somebody is about to write: what {@code csc plugins new} makes. */
package org.scenecontexts.cli.scaffold;
