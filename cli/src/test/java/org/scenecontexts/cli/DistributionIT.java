package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;

/** What the build assembled is what the launcher and the plugin manager expect to find. */
class DistributionIT {

    @Test
    void everyPluginJarDescribesItself() throws IOException {
        List<Path> jars = jars("plugins");
        assertThat(jars).hasSizeGreaterThanOrEqualTo(3);
        assertThat(jars).allSatisfy(jar -> {
            PluginDescriptor descriptor = new ManifestPluginDescriptorFinder().find(jar);
            assertThat(jar.getFileName().toString())
                    .isEqualTo(descriptor.getPluginId() + "-" + descriptor.getVersion() + ".jar");
            assertThat(descriptor.getRequires()).isEqualTo(">=0.2.0 & <0.3.0");
            assertThat(descriptor.getPluginDescription()).isNotBlank();
            assertThat(descriptor.getProvider()).isEqualTo("Scene Contexts");
        });
    }

    @Test
    void noPluginIsOnTheClassPathOfTheFramework() throws IOException {
        assertThat(names("lib")).noneMatch(name -> name.startsWith("plugin-"));
    }

    @Test
    void frameworkIsNotCopiedBesideThePlugins() throws IOException {
        assertThat(names("plugin-lib")).noneMatch(name -> name.startsWith("framework-") || name.startsWith("pf4j-"));
        assertThat(names("lib")).anyMatch(name -> name.startsWith("framework-api-"));
    }

    @Test
    void startsWithTheOptionsOfTheDistribution(@TempDir Path folder) throws IOException, InterruptedException {
        String out = new DistributionProcess(folder).csc(60, "--version").out();
        assertThat(out).startsWith("csc 0.").contains("Java " + Runtime.version());
    }

    private static List<String> names(String folder) throws IOException {
        return jars(folder).stream().map(jar -> jar.getFileName().toString()).toList();
    }

    private static List<Path> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(DistributionProcess.DIST.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
