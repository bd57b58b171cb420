package org.scenecontexts.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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

/** Who may use whom. The build files say the same to the compiler; these rules also see what slips past them. */
class ModuleBordersTest {

    /** What several plugins bundle, each its own copy. */
    private static final String OPENCL = "opencl-support";

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

    @Test
    void testSupportDependsOnTheApiOnly() {
        mayUseOfOurs(List.of("test-support"), List.of("framework-api"));
    }

    @Test
    void apiDependsOnNothingOfOurs() {
        mayUseOfOurs(List.of("framework-api"), List.of());
    }

    @Test
    void ioDependsOnTheApiOnly() {
        mayUseOfOurs(List.of("framework-io"), List.of("framework-api"));
    }

    @Test
    void kernelsOfTheProcessorDependOnTheApiOnly() {
        mayUseOfOurs(List.of("kernels-cpu"), List.of("framework-api"));
    }

    @Test
    void engineOfTheProcessorDependsOnApiAndKernelsOnly() {
        mayUseOfOurs(List.of("engine-cpu"), List.of("framework-api", "kernels-cpu"));
    }

    @Test
    void runtimeDependsOnApiAndIoOnly() {
        mayUseOfOurs(List.of("framework-runtime"), List.of("framework-api", "framework-io"));
    }

    @Test
    void measuringDependsOnTheFrameworkAndTheEngineOfTheProcessor() {
        mayUseOfOurs(
                List.of("framework-bench"),
                List.of("framework-api", "framework-io", "framework-runtime", "engine-cpu", "kernels-cpu"));
    }

    @Test
    void cliDependsOnTheFrameworkAndOnNoPlugin() {
        mayUseOfOurs(
                List.of("cli"),
                List.of("framework-api", "framework-io", "framework-runtime", "framework-bench", "kernels-cpu"));
    }

    @Test
    void openClSupportDependsOnTheApiOnly() {
        mayUseOfOurs(List.of(OPENCL), List.of("framework-api"));
    }

    @Test
    void aparapiIsUsedForKernelsOnly() {
        noClasses()
                .that(resideOutsideOfPackage("..opencl.."))
                .should()
                .dependOnClassesThat(resideInAPackage("com.aparapi.."))
                .check(classes);
    }

    @TestFactory
    Stream<DynamicTest> pluginDependsOnApiIoAndOpenClSupportOnly() {
        return Modules.plugins().stream()
                .map(plugin -> DynamicTest.dynamicTest(
                        plugin,
                        () -> mayUseOfOurs(
                                List.of(plugin), List.of("framework-api", "framework-io", OPENCL, "kernels-cpu"))));
    }

    /** A build of the command alone leaves the benchmarks out. */
    @TestFactory
    Stream<DynamicTest> benchmarksUseEverythingButTheCommand() {
        return Modules.names().stream()
                .filter("benchmarks"::equals)
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> mayUseOfOurs(
                                List.of(module),
                                Modules.names().stream()
                                        .filter(other -> !other.equals("cli"))
                                        .toList())));
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

    @Test
    void onlyTheCliWritesToStandardStreams() {
        noClasses()
                .that(DescribedPredicate.not(Modules.in("cli")))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    @Test
    void onlyTheCliEndsTheProcess() {
        noClasses()
                .that(DescribedPredicate.not(Modules.in("cli")))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes);
    }

    private static void mayUseOfOurs(List<String> modules, List<String> allowed) {
        List<String> forbidden = Modules.names().stream()
                .filter(name -> !modules.contains(name) && !allowed.contains(name))
                .toList();
        noClasses()
                .that(Modules.in(modules))
                .should()
                .dependOnClassesThat(Modules.in(forbidden))
                .check(classes);
    }
}
