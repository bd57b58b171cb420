package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One command as a page of the manual, so that {@code man csc-run} says what {@code csc run --help} does.
 *
 * <p>Written with the macros of man(7), which every man program on Unix knows; made from the commands themselves and
 * nothing else.
 */
final class ManPage {

    private final CommandSpec command;
    private final StringBuilder text = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The file that man looks for: {@code csc-plugins-list.1}. */
    static String fileName(CommandSpec command) {
        return name(command) + ".1";
    }

    /** The page of a command. */
    static String of(CommandSpec command) {
        ManPage page = new ManPage(command);
        page.head();
        page.options();
        page.subcommands();
        page.ends();
        return page.text.toString();
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private void head() {
        line(".TH \"" + name(command).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"csc " + Main.Version.number()
                + "\" \"csc manual\"");
        section("NAME");
        line(escaped(name(command)) + " \\- " + escaped(summary(command)));
        section("SYNOPSIS");
        CommandLine line = command.commandLine();
        String synopsis = line.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
        line(escaped(synopsis));
        section("DESCRIPTION");
        Arrays.stream(command.usageMessage().description()).forEach(part -> line(escaped(part)));
    }

    /** The sentence that lists of commands show: the first element of the description, without its full stop. */
    private static String summary(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : description[0].replaceFirst("\\.$", "");
    }

    private void options() {
        List<PositionalParamSpec> arguments = command.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
        if (!arguments.isEmpty()) {
            section("ARGUMENTS");
            arguments.forEach(argument -> entry("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument));
        }
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        if (!options.isEmpty()) {
            section("OPTIONS");
            options.forEach(option -> entry(title(option), option));
        }
    }

    private static String title(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + "=\\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private void entry(String title, ArgSpec argument) {
        line(".TP");
        line(title);
        for (String part : described(argument)) {
            line(escaped(part));
        }
    }

    /** The description with defaults and choices in their places. */
    private static List<String> described(ArgSpec argument) {
        List<String> choices = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(choices::add);
        }
        String standard = argument.defaultValueString(true);
        return Arrays.stream(argument.description())
                .map(part -> part.replace("${COMPLETION-CANDIDATES}", String.join(", ", choices))
                        .replace("${DEFAULT-VALUE}", standard == null ? "none" : standard))
                .toList();
    }

    private void subcommands() {
        Map<String, CommandLine> commands = command.subcommands();
        List<Map.Entry<String, CommandLine>> shown = commands.entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        section("COMMANDS");
        shown.forEach(entry -> {
            CommandSpec sub = entry.getValue().getCommandSpec();
            line(".TP");
            line("\\fB" + escaped(name(sub)) + "\\fR(1)");
            line(escaped(summary(sub) + "."));
        });
    }

    private void ends() {
        Map<String, String> codes = command.usageMessage().exitCodeList();
        if (!codes.isEmpty()) {
            section("EXIT STATUS");
            codes.forEach((code, meaning) -> {
                line(".TP");
                line("\\fB" + escaped(code) + "\\fR");
                line(escaped(meaning));
            });
        }
        List<String> footer = Arrays.stream(command.usageMessage().footer())
                .filter(part -> !part.isBlank())
                .toList();
        if (!footer.isEmpty()) {
            section("NOTES");
            line(".nf");
            footer.forEach(part -> line(escaped(part)));
            line(".fi");
        }
        if (command.parent() != null) {
            section("SEE ALSO");
            line("\\fB" + escaped(name(command.parent())) + "\\fR(1)");
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Text that roff takes for text: no control line, no escape, hyphens that can be copied. */
    static String escaped(String words) {
        String plain = words.replace("%n", " ").replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
