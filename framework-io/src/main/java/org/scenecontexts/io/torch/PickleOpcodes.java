package org.scenecontexts.io.torch;

import java.util.Locale;

/** Names of the instructions that are refused, for messages. */
final class PickleOpcodes {

    private PickleOpcodes() {}

    static String describe(int opcode) {
        String name = switch (opcode) {
            case 'P' -> "PERSID";
            case 'i' -> "INST";
            case 'o' -> "OBJ";
            case 0x92 -> "NEWOBJ_EX";
            case 0x82, 0x83, 0x84 -> "EXT";
            case 0x97 -> "NEXT_BUFFER";
            case 0x98 -> "READONLY_BUFFER";
            case 'I' -> "INT (protocol 0)";
            case 'L' -> "LONG (protocol 0)";
            case 'F' -> "FLOAT (protocol 0)";
            case 'S' -> "STRING (protocol 0)";
            case 'V' -> "UNICODE (protocol 0)";
            case 'g' -> "GET (protocol 0)";
            case 'p' -> "PUT (protocol 0)";
            default -> "unknown";
        };
        return String.format(Locale.ROOT, "0x%02x (%s)", opcode, name);
    }
}
