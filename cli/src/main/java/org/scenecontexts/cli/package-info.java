/**
 * The {@code csc} command: turns a command line into calls of the runtime and results into text and exit codes.
 *
 * <p>This is the only module that writes to standard output. It knows no plugin class: the plugins of the distribution
 * are loaded from a folder at run time, as those of third parties are.
 */
package org.scenecontexts.cli;
