package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WebLibrariesTest {

    @Test
    void aModuleBecomesAnExpressionOfItsExports() {
        assertThat(WebLibraries.module("const a=1,b=2;export{a as One,b};"))
                .isEqualTo("(()=>{const a=1,b=2;\nreturn {One:a,b};})()");
    }

    @Test
    void whatAModuleImportsIsTakenFromTheLibrary() {
        assertThat(WebLibraries.module("import {\n\tRay,\n\tPlane as P\n} from 'three';\nclass C {}\nexport { C };\n"))
                .contains("const {Ray,Plane:P}=THREE;")
                .doesNotContain("import");
    }

    @Test
    void aScriptThatIsNoModuleIsRefused() {
        assertThatThrownBy(() -> WebLibraries.module("var a = 1;"))
                .hasMessageContaining("does not end with 'export {...}'")
                .hasMessageContaining("var a = 1;");
    }

    @Test
    void theLibrariesAreInTheJarWithTheirLicences() {
        WebLibraries libraries = new WebLibraries();
        assertThat(libraries.three()).contains("WebGLRenderer:", "OrbitControls");
        assertThat(libraries.plot()).contains("uPlot");
        assertThat(libraries.plotStyle()).contains(".uplot");
        assertThat(libraries.three() + libraries.plot()).doesNotContain("</script");
    }
}
