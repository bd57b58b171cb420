/** Looks at a machine for what keeps csc from working, or from working well: what {@code csc doctor} says. */
package org.scenecontexts.cli.doctor;
