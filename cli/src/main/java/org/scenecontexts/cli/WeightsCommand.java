package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.LayoutEvidence;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.WeightLayouts;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.checkpoint.PublishedNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Looks into weight files and turns them into each other, so that published weights can be used here and ours elsewhere. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = "Show and convert weight files: PyTorch (.pth) and safetensors.",
        subcommands = {WeightsCommand.Show.class, WeightsCommand.Convert.class})
final class WeightsCommand implements Runnable {

    private static final String TENSORS =
            "The dictionary of tensors to take of a PyTorch file that holds several. Default: the largest.";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: show or convert.");
    }

    /** Layouts by the names that files use; the candidates complete on Tab. */
    static final class LayoutConverter implements ITypeConverter<WeightLayout> {
        @Override
        public WeightLayout convert(String text) {
            try {
                return WeightLayout.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The names of all layouts, for help and completion. */
    static final class LayoutNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }

        List<String> all() {
            return Arrays.stream(WeightLayout.values())
                    .map(WeightLayout::toString)
                    .toList();
        }
    }

    /** Says what a file holds. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show names, shapes, types, kernel layout and metadata of a weight file.")
    static final class Show implements Callable<Integer> {

        /** What batch norms count and average; papers leave these out of a network's size. */
        private static final List<String> NOT_TRAINED =
                List.of(".running_mean", ".running_var", ".num_batches_tracked");

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "A .pth file of either format, or .safetensors.")
        private Path file;

        @Option(names = "--tensors", paramLabel = "NAME", description = TENSORS)
        private Optional<String> tensors = Optional.empty();

        @Override
        public Integer call() {
            Weights weights = WeightFiles.read(file, tensors);
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "%s: %d tensors, %,d values, %,d of them trained%n",
                    file,
                    weights.tensors().size(),
                    values(weights, name -> true),
                    values(weights, name -> NOT_TRAINED.stream().noneMatch(name::endsWith)));
            weights.remarks().forEach(remark -> out.println("tensors: " + plain(remark)));
            out.println("kernel layout: " + layout(weights));
            weights.metadata().forEach((key, text) -> out.println("metadata " + plain(key) + ": " + plain(text)));
            int width = weights.tensors().keySet().stream()
                    .mapToInt(String::length)
                    .max()
                    .orElse(1);
            for (Map.Entry<String, NpArray> tensor : weights.tensors().entrySet()) {
                out.printf(
                        Locale.ROOT,
                        "  %-" + width + "s  %-7s  %s%n",
                        plain(tensor.getKey()),
                        tensor.getValue().type().name().toLowerCase(Locale.ROOT),
                        Arrays.toString(tensor.getValue().shape()));
            }
            out.flush();
            return 0;
        }

        private static long values(Weights weights, Predicate<String> which) {
            return weights.tensors().entrySet().stream()
                    .filter(tensor -> which.test(tensor.getKey()))
                    .mapToLong(tensor -> tensor.getValue().size())
                    .sum();
        }

        /** Text of a file, without what could steer a terminal. */
        private static String plain(String text) {
            return Printable.text(text).replace("\n", "\\x0a");
        }

        private static String layout(Weights weights) {
            if (weights.layout().isPresent()) {
                return weights.layout().get() + " (recorded in the file)";
            }
            LayoutEvidence evidence = LayoutEvidence.of(weights);
            String likely =
                    evidence.layout().map(layout -> "likely " + layout + "; ").orElse("");
            return "not recorded; " + likely + evidence.reason()
                    + (evidence.matters() && evidence.layout().isEmpty()
                            ? "; published files are " + WeightLayout.MINKOWSKI_04
                            : "");
        }
    }

    /** Writes the same weights in another format or layout. */
    @Command(
            name = "convert",
            mixinStandardHelpOptions = true,
            description = "Write weights in another format (by the ending of OUT) or kernel layout.")
    static final class Convert implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "IN", description = "A .pth file of either format, or .safetensors.")
        private Path in;

        @Parameters(index = "1", paramLabel = "OUT", description = "The file to write: .pth, .pt or .safetensors.")
        private Path out;

        @Option(
                names = "--layout",
                paramLabel = "LAYOUT",
                converter = LayoutConverter.class,
                completionCandidates = LayoutNames.class,
                description = "Kernel layout to write: ${COMPLETION-CANDIDATES}. Default: that of IN.")
        private WeightLayout layout;

        @Option(
                names = "--from-layout",
                paramLabel = "LAYOUT",
                converter = LayoutConverter.class,
                completionCandidates = LayoutNames.class,
                description = "Kernel layout of IN, where it does not record one (published weights: minkowski-0.4).")
        private WeightLayout from;

        @Option(names = "--tensors", paramLabel = "NAME", description = TENSORS)
        private Optional<String> tensors = Optional.empty();

        @Option(
                names = "--published-names",
                description = "Give the backbone the prefix that published files of the checkpoint's task have.")
        private boolean publishedNames;

        @Override
        public Integer call() {
            Weights weights = known(WeightFiles.read(in, tensors));
            weights.remarks().forEach(remark -> spec.commandLine().getOut().println(in + ": " + remark));
            if (layout != null && weights.layout().isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        in + " does not record its kernel layout; say which it is with --from-layout ("
                                + String.join(", ", new LayoutNames().all())
                                + "). Published weights are minkowski-0.4; 'csc weights show' tells what it looks"
                                + " like.");
            }
            try {
                Weights named = publishedNames ? PublishedNames.of(weights, in.toString()) : weights;
                Weights converted = layout == null ? named : WeightLayouts.convert(named, layout);
                WeightFiles.write(out, converted);
                spec.commandLine()
                        .getOut()
                        .println("wrote " + out + ": " + converted.tensors().size() + " tensors, kernel layout "
                                + converted.layout().map(WeightLayout::toString).orElse("not recorded"));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
            spec.commandLine().getOut().flush();
            return 0;
        }

        /** What the user says about the file counts only where the file says nothing, or the same. */
        private Weights known(Weights weights) {
            Optional<WeightLayout> recorded = weights.layout();
            if (from == null) {
                return weights;
            }
            if (recorded.isPresent() && recorded.get() != from) {
                throw new ParameterException(
                        spec.commandLine(),
                        in + " records the kernel layout " + recorded.get() + ", not " + from
                                + "; leave out --from-layout");
            }
            return weights.in(from);
        }
    }
}
