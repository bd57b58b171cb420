package org.scenecontexts.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything of a module that other people's code can be compiled against, one line each, read from its class files: public
 * types with their status, and their public and protected members.
 */
final class ApiSignature {

    private static final String STATUS = "Lorg/scenecontexts/api/";

    private final Map<String, ClassModel> classes = new TreeMap<>();

    private ApiSignature(Path folder, String root) {
        try (Stream<Path> all = Files.walk(folder.resolve(root))) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                classes.put(model.thisClass().asInternalName(), model);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + e, e);
        }
    }

    /**
     * The lines of a module.
     *
     * @param folder of compiled classes
     * @param root folder of the first package that counts, below it
     */
    static List<String> of(Path folder, String root) {
        ApiSignature signature = new ApiSignature(folder, root);
        List<String> lines = new ArrayList<>();
        signature.classes.forEach((name, model) -> {
            if (signature.visible(name)) {
                lines.addAll(signature.lines(model));
            }
        });
        return lines;
    }

    /** Public, and so is all that it lies in. */
    private boolean visible(String name) {
        ClassModel model = classes.get(name);
        if (model == null || name.endsWith("package-info")) {
            return false;
        }
        Optional<Set<AccessFlag>> inner = innerFlags(model);
        if (inner.isPresent()) {
            int dollar = name.lastIndexOf('$');
            return open(inner.get()) && dollar > 0 && visible(name.substring(0, dollar));
        }
        return open(model.flags().flags());
    }

    private static boolean open(Set<AccessFlag> flags) {
        return !flags.contains(AccessFlag.SYNTHETIC)
                && (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED));
    }

    private static Optional<Set<AccessFlag>> innerFlags(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses())
                .flatMap(inner -> inner.classes().stream()
                        .filter(entry -> entry.innerClass().equals(model.thisClass()))
                        .findFirst()
                        .map(entry -> entry.flags()));
    }

    private List<String> lines(ClassModel model) {
        String name = model.thisClass().asInternalName();
        Set<AccessFlag> flags = innerFlags(model).orElseGet(() -> model.flags().flags());
        List<String> lines = new ArrayList<>();
        lines.add(status(name) + " " + words(flags) + kind(model, flags) + " " + dotted(name) + generic(model)
                + parents(model));
        Set<String> members = new TreeSet<>();
        for (FieldModel field : model.fields()) {
            if (open(field.flags().flags())) {
                members.add("  " + words(field.flags().flags()) + type(field.fieldTypeSymbol()) + " "
                        + field.fieldName().stringValue() + generic(field));
            }
        }
        for (MethodModel method : model.methods()) {
            Set<AccessFlag> all = method.flags().flags();
            if (open(all) && !all.contains(AccessFlag.BRIDGE)) {
                members.add("  " + words(all) + type(method.methodTypeSymbol().returnType()) + " "
                        + method.methodName().stringValue()
                        + method.methodTypeSymbol().parameterList().stream()
                                .map(ApiSignature::type)
                                .collect(Collectors.joining(", ", "(", ")"))
                        + generic(method));
            }
        }
        lines.addAll(members);
        return lines;
    }

    /** That of the type, of what it lies in, or of its package. */
    private String status(String name) {
        for (String at = name; ; at = at.substring(0, at.lastIndexOf('$'))) {
            Optional<String> own = annotated(classes.get(at));
            if (own.isPresent()) {
                return own.get();
            }
            if (at.lastIndexOf('$') < 0) {
                ClassModel info = classes.get(at.substring(0, at.lastIndexOf('/')) + "/package-info");
                return Optional.ofNullable(info)
                        .flatMap(ApiSignature::annotated)
                        .orElse("WITHOUT-STATUS");
            }
        }
    }

    private static Optional<String> annotated(ClassModel model) {
        return model.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .flatMap(all -> all.annotations().stream()
                        .map(annotation -> annotation.className().stringValue())
                        .filter(type -> type.equals(STATUS + "Stable;") || type.equals(STATUS + "Incubating;"))
                        .map(type -> type.contains("Stable") ? "stable" : "incubating")
                        .findFirst());
    }

    private static String words(Set<AccessFlag> flags) {
        return Stream.of(AccessFlag.PROTECTED, AccessFlag.STATIC, AccessFlag.ABSTRACT, AccessFlag.FINAL)
                .filter(flags::contains)
                .map(flag -> flag.name().toLowerCase(java.util.Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }

    private static String kind(ClassModel model, Set<AccessFlag> flags) {
        if (flags.contains(AccessFlag.ANNOTATION)) {
            return "annotation";
        }
        if (flags.contains(AccessFlag.INTERFACE)) {
            return "interface";
        }
        if (flags.contains(AccessFlag.ENUM)) {
            return "enum";
        }
        return model.findAttribute(Attributes.record()).isPresent() ? "record" : "class";
    }

    private static String parents(ClassModel model) {
        List<String> parents = new ArrayList<>();
        model.superclass()
                .map(parent -> dotted(parent.asInternalName()))
                .filter(parent -> !parent.equals("java.lang.Object"))
                .ifPresent(parents::add);
        model.interfaces().forEach(parent -> parents.add(dotted(parent.asInternalName())));
        String permits = model.findAttribute(Attributes.permittedSubclasses())
                .map(all -> all.permittedSubclasses().stream()
                        .map(entry -> dotted(entry.asInternalName()))
                        .collect(Collectors.joining(", ", " permits ", "")))
                .orElse("");
        return (parents.isEmpty() ? "" : " : " + String.join(", ", parents)) + permits;
    }

    /** What erasure leaves out, as the class file writes it. */
    private static String generic(AttributedElement element) {
        return element.findAttribute(Attributes.signature())
                .map(signature -> " " + signature.signature().stringValue())
                .orElse("");
    }

    private static String type(ClassDesc type) {
        return type.isArray()
                ? type(type.componentType()) + "[]"
                : type.packageName().isEmpty() ? type.displayName() : type.packageName() + "." + type.displayName();
    }

    private static String dotted(String internal) {
        return internal.replace('/', '.').replace('$', '.');
    }
}
