package io.github.camelsora.validate;

import io.github.camelsora.validate.RouteEndpoint.Use;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads routes in XML, also those between the beans of Spring. The namespace does not count. */
final class XmlRoutes implements RouteReader {
    private static final Set<String> TEXTS = Set.of("constant", "simple");

    private final Deque<String> path = new ArrayDeque<>();
    private final List<RouteEndpoint> found = new ArrayList<>();

    @Override
    public List<RouteEndpoint> read(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin(file, reader);
                    case XMLStreamConstants.END_ELEMENT -> path.pop();
                    default -> {}
                }
            }
            return found;
        } catch (XMLStreamException e) {
            throw new RouteSyntaxException(
                    e.getLocation() == null ? 1 : e.getLocation().getLineNumber(), "This is not XML: " + reason(e));
        }
    }

    private void begin(Path file, XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        String parent = path.isEmpty() ? "" : path.peek();
        path.push(name);
        int line = reader.getLocation().getLineNumber();
        String deadLetters = reader.getAttributeValue(null, DEAD_LETTER_URI);
        if (deadLetters != null) {
            found.add(new RouteEndpoint(file, line, deadLetters, Map.of(), STEPS.get(DEAD_LETTER_URI)));
        }
        String uri = reader.getAttributeValue(null, "uri");
        if (STEPS.containsKey(name) && uri != null) {
            found.add(new RouteEndpoint(file, line, uri, Map.of(), STEPS.get(name)));
        } else if (TEXTS.contains(name) && (parent.equals("enrich") || parent.equals("pollEnrich"))) {
            Use use = STEPS.get(parent);
            found.add(new RouteEndpoint(file, line, reader.getElementText(), Map.of(), use));
            path.pop();
        }
    }

    /** The message of the JDK's parser has the place first, and the reason on its last line. */
    private static String reason(XMLStreamException e) {
        return e.getMessage().substring(e.getMessage().lastIndexOf('\n') + 1).replaceFirst("^Message: ", "");
    }
}
