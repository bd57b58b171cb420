package org.scenecontexts.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills places such as {@code @@DATA@@} of a page, and keeps what comes from files from ever being markup or script. */
final class PageTemplate {

    private static final Pattern PLACE = Pattern.compile("@@([A-Z]+)@@");
    /** In the order of keys: the same clouds give the same bytes in every process. */
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private final String text;

    PageTemplate(String text) {
        this.text = text;
    }

    /** Writes what belongs at a place. */
    interface Part {
        void write(Writer out) throws IOException;
    }

    /** @throws IllegalArgumentException when a place of the page has no part */
    void write(Writer out, Map<String, Part> parts) throws IOException {
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            out.write(text, from, place.start() - from);
            Part part = parts.get(place.group(1));
            if (part == null) {
                throw new IllegalArgumentException("nothing is given for " + place.group());
            }
            part.write(out);
            from = place.end();
        }
        out.write(text, from, text.length() - from);
    }

    /** A script of ours or of a library: it must not end the element that it stands in. */
    static String script(String source) {
        return source.replaceAll("(?i)</script", "<\\\\/script").replace("<!--", "<\\!--");
    }

    /**
     * Data in an element of their own, read with {@code JSON.parse}: where {@code <} is written as its escape,
     * no name of a file, class or field can end the element.
     */
    static String data(String id, Object value) {
        try {
            return "<script type=\"application/json\" id=\"" + id + "\">"
                    + JSON.writeValueAsString(value).replace("<", "\\u003c")
                    + "</script>\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of a page are no JSON: " + e, e);
        }
    }
}
