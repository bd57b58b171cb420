package org.scenecontexts.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may use whom, as drawn in {@link BorderPicture#PAGE}. The build files say the same to the compiler; these rules also see
 * what slips past them.
 */
class ModuleBordersTest {

    private static final BorderPicture PICTURE = BorderPicture.read();

    /** Two each that came at the same time; the next who touches one renames it. */
    private static final Set<String> SHARED_NAMES = Set.of("GroupOp", "InterpolateOp");

    private static JavaClasses classes;

    @BeforeAll
    static void importEveryModule() {
        classes = Modules.all();
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(Modules.names())
                .contains("framework-api", "framework-io", "framework-runtime", "cli", "test-support")
                .hasSizeGreaterThanOrEqualTo(7);
        assertThat(classes.stream().flatMap(type -> Modules.moduleOf(type).stream()))
                .containsAll(Modules.names());
    }

    @TestFactory
    Stream<DynamicTest> aModuleUsesWhatThePictureAllows() {
        return Modules.names().stream()
                .map(module -> DynamicTest.dynamicTest(module, () -> mayUseOfOurs(module, PICTURE.allowed(module))));
    }

    @Test
    void everyModuleIsInThePictureAndEveryNameOfThePictureIsAModule() {
        assertThat(Modules.names())
                .allSatisfy(module -> assertThat(PICTURE.draws(module))
                        .as("%s is drawn in %s", module, BorderPicture.PAGE)
                        .isTrue());
        assertThat(PICTURE.unknown(Modules.poms())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesItsOwnRowAndThoseAboveIt() {
        return PICTURE.rows().stream()
                .filter(row -> !row.below().isEmpty())
                .map(row -> DynamicTest.dynamicTest(
                        row.toString(),
                        () -> noClasses()
                                .that(resideInAnyPackage(row.packages().toArray(String[]::new)))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage(row.below().toArray(String[]::new)))
                                .check(classes)));
    }

    @Test
    void noTwoClassesOfOursHaveOneName() {
        Map<String, Set<String>> owners = new HashMap<>();
        for (JavaClass type : classes) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                owners.computeIfAbsent(type.getSimpleName(), name -> new HashSet<>())
                        .add(type.getName());
            }
        }
        owners.values().removeIf(names -> names.size() == 1);
        owners.keySet().removeAll(SHARED_NAMES);
        assertThat(owners).as("classes of one name: give one of them another").isEmpty();
    }

    @Test
    void aparapiIsUsedForKernelsOnly() {
        noClasses()
                .that(resideOutsideOfPackage("..opencl.."))
                .should()
                .dependOnClassesThat(resideInAPackage("com.aparapi.."))
                .check(classes);
    }

    @Test
    void noPackageIsSpreadOverTwoModules() {
        Map<String, Set<String>> modules = new HashMap<>();
        for (JavaClass type : classes) {
            Modules.moduleOf(type)
                    .ifPresent(module -> modules.computeIfAbsent(type.getPackageName(), name -> new HashSet<>())
                            .add(module));
        }
        assertThat(modules).allSatisfy((name, owners) -> assertThat(owners).hasSize(1));
    }

    @Test
    void everyClassLivesUnderThePackageRoot() {
        classes().should().resideInAPackage("org.scenecontexts..").check(classes);
    }

    @Test
    void vectorApiIsUsedInPackagesNamedVectorOnly() {
        noClasses()
                .that(resideOutsideOfPackage("..vector.."))
                .should()
                .dependOnClassesThat(resideInAPackage("jdk.incubator.."))
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void librariesLogThroughSlf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes);
    }

    /** Programs that people start: the command, and what {@code benchmarks/gpu-check} starts where there is no more than a Java. */
    private static DescribedPredicate<JavaClass> programs() {
        return Modules.in("cli").or(resideInAPackage("org.scenecontexts.benchmarks.gpu"));
    }

    @Test
    void onlyProgramsWriteToStandardStreams() {
        noClasses()
                .that(DescribedPredicate.not(programs()))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    @Test
    void onlyProgramsEndTheProcess() {
        noClasses()
                .that(DescribedPredicate.not(programs()))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes);
    }

    private static void mayUseOfOurs(String module, Set<String> allowed) {
        List<String> forbidden = Modules.names().stream()
                .filter(name -> !name.equals(module) && !allowed.contains(name))
                .toList();
        noClasses()
                .that(Modules.in(module))
                .should()
                .dependOnClassesThat(Modules.in(forbidden))
                .check(classes);
    }
}
