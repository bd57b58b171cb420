package org.scenecontexts.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.CloudException;

class PrintableTest {

    @Test
    void whatATerminalWouldObeyIsWrittenAsAnEscape() {
        assertThat(Printable.text("\u001b[31mRED\u001b[2J")).isEqualTo("\\x1b[31mRED\\x1b[2J");
        assertThat(Printable.text("185\u0010187")).isEqualTo("185\\x10187");
        assertThat(Printable.text("a\rb\u0000c\u007fd\u009b31m")).isEqualTo("a\\x0db\\x00c\\x7fd\\x9b31m");
        assertThat(Printable.text("one\r\ntwo")).isEqualTo("one\r\ntwo");
        assertThat(Printable.text("txt\u202egpj.exe")).isEqualTo("txt\\u202egpj.exe");
    }

    @Test
    void ordinaryTextOfAnyLanguageStays() {
        String text = "Stühle, 椅子,\tdes chaises \uD83E\uDE91\nnext line";
        assertThat(Printable.text(text)).isEqualTo(text);
        assertThat(Printable.text(text + "\u0007")).isEqualTo(text + "\\x07");
        assertThat(Printable.text("half \uD83E")).isEqualTo("half \\ud83e");
    }

    @Test
    void everyCharacterIsShownOrEscaped() {
        for (int c = 0; c < 0x10000; c++) {
            String shown = Printable.text(String.valueOf((char) c));
            boolean same = shown.length() == 1;
            assertThat(same && Character.isISOControl(c) && c != '\n' && c != '\t')
                    .as("%04x", c)
                    .isFalse();
        }
    }

    @Test
    void excerptsAreOneShortLine() {
        assertThat(Printable.excerpt("a\tb\nc")).isEqualTo("a\\x09b\\x0ac");
        assertThat(Printable.excerpt("7".repeat(1000))).hasSize(63).endsWith("7...");
    }

    @Test
    void messagesOfFilesCannotCarryControlCharacters() {
        assertThat(new CloudException("a.txt: '\u001b[2J' is no number")).hasMessage("a.txt: '\\x1b[2J' is no number");
    }
}
