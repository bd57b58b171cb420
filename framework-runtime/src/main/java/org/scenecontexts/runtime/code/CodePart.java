package org.scenecontexts.runtime.code;

import java.nio.file.Path;

/**
 * A piece of code that results depend on: a plugin, a library of a plugin, or a part of the framework.
 *
 * @param name what users call it: the id of a plugin, {@code PLUGIN/LIBRARY.jar}, the module of the framework
 * @param version as the code says itself; {@code ?} where it does not
 * @param file name of its jar or folder
 * @param hash see {@link ContentHash}
 * @since 0.1
 */
public record CodePart(String name, String version, String file, String hash) {

    private static final int SHORT = 12;

    /** The part that lies at a place. */
    static CodePart at(Path place, String name, String version) {
        return new CodePart(name, version, String.valueOf(place.getFileName()), ContentHash.of(place));
    }

    /** {@code hash} with the version, for the record of a stage. */
    public String identity() {
        return version + " " + hash;
    }

    /** The beginning of an identity, for people. */
    static String brief(String identity) {
        int hash = identity.lastIndexOf(' ') + 1;
        return identity.substring(0, Math.min(identity.length(), hash + SHORT));
    }
}
