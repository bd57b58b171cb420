package org.scenecontexts.io.torch;

import java.util.Optional;
import java.util.Set;

/** The only names that mean anything in a pickle. Each stands for data of ours; none leads to a class that the file chooses. */
enum PickleGlobal {
    ORDERED_DICT,
    DICT,
    LIST,
    TUPLE,
    SET,
    REBUILD_TENSOR,
    REBUILD_TENSOR_V2,
    REBUILD_PARAMETER,
    REBUILD_FROM_TYPE,
    STORAGE_TYPE,
    ELEMENT_TYPE,
    DEVICE,
    CODECS_ENCODE,
    BYTES,
    NUMPY_RECONSTRUCT,
    NUMPY_FROM_BUFFER,
    NUMPY_SCALAR,
    NUMPY_NDARRAY,
    NUMPY_DTYPE;

    private static final Set<String> ELEMENT_TYPES =
            Set.of("float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool");

    static Optional<PickleGlobal> of(String module, String name) {
        return Optional.ofNullable(
                switch (module) {
                    case "collections" ->
                        switch (name) {
                            case "OrderedDict" -> ORDERED_DICT;
                            case "defaultdict" -> DICT;
                            default -> null;
                        };
                    case "builtins", "__builtin__" -> builtin(name);
                    case "_codecs" -> name.equals("encode") ? CODECS_ENCODE : null;
                    case "torch", "torch.cuda", "torch.storage" -> torch(module, name);
                    case "torch._utils" ->
                        switch (name) {
                            case "_rebuild_tensor" -> REBUILD_TENSOR;
                            case "_rebuild_tensor_v2" -> REBUILD_TENSOR_V2;
                            case "_rebuild_parameter", "_rebuild_parameter_with_state" -> REBUILD_PARAMETER;
                            default -> null;
                        };
                    case "torch._tensor" -> name.equals("_rebuild_from_type_v2") ? REBUILD_FROM_TYPE : null;
                    case "numpy" ->
                        switch (name) {
                            case "ndarray" -> NUMPY_NDARRAY;
                            case "dtype" -> NUMPY_DTYPE;
                            default -> null;
                        };
                    case "numpy.core.multiarray", "numpy._core.multiarray" ->
                        switch (name) {
                            case "_reconstruct" -> NUMPY_RECONSTRUCT;
                            case "scalar" -> NUMPY_SCALAR;
                            default -> null;
                        };
                    case "numpy.core.numeric", "numpy._core.numeric" ->
                        name.equals("_frombuffer") ? NUMPY_FROM_BUFFER : null;
                    default -> null;
                });
    }

    private static PickleGlobal builtin(String name) {
        return switch (name) {
            case "dict" -> DICT;
            case "list" -> LIST;
            case "tuple" -> TUPLE;
            case "set", "frozenset" -> SET;
            case "bytes", "bytearray" -> BYTES;
            default -> null;
        };
    }

    private static PickleGlobal torch(String module, String name) {
        if (TorchType.ofStorage(name).isPresent()) {
            return STORAGE_TYPE;
        }
        if (!module.equals("torch")) {
            return null;
        }
        return switch (name) {
            case "Size" -> TUPLE;
            case "device" -> DEVICE;
            default -> ELEMENT_TYPES.contains(name) ? ELEMENT_TYPE : null;
        };
    }
}
