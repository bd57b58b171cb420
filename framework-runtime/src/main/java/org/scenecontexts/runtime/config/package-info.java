/**
 * Turns YAML into validated configuration records: a tree that remembers where each value was written, a binder that
 * reports every problem at once, and the descriptions that the schema and the manual are made from.
 */
package org.scenecontexts.runtime.config;
