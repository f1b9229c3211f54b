package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.Property;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Classification Markup Language: classes with what stands above them and their preferred labels. Codes that only
 * a modifier makes (a category with a list of endings) are made, where no class spells them out.
 */
final class Claml {

    /** Name and version of the classification. */
    record Head(String name, String version) {}

    /** A modifier that a class has, and the endings that count; empty for all of them. */
    private record Modified(String code, String modifier, List<String> valid) {}

    private final ConceptTableBuilder builder;
    private final ImportLog log;
    private final List<Modified> modified = new ArrayList<>();
    private final Map<String, Map<String, String>> endings = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private String name = "";
    private String version = "";

    Claml(ConceptTableBuilder builder, ImportLog log) {
        this.builder = builder;
        this.log = log;
    }

    Head read(Sources.Source source) throws IOException {
        log.file(source.name());
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // the file may name a document type definition; nothing is fetched
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = source.open()) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "Title" -> {
                            name = attribute(xml, "name");
                            version = attribute(xml, "version");
                        }
                        case "Class" -> aClass(xml);
                        case "ModifierClass" -> ending(xml);
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException malformed) {
            throw new ImportProblem("The file " + source.name() + " is no well-formed XML (line "
                    + malformed.getLocation().getLineNumber() + ").");
        }
        if (name.isEmpty() || version.isEmpty()) {
            throw new ImportProblem("The file " + source.name() + " has no Title with name and version.");
        }
        modified.forEach(this::apply);
        return new Head(name, version);
    }

    private void aClass(XMLStreamReader xml) throws XMLStreamException {
        log.line();
        String code = attribute(xml, "code");
        String kind = attribute(xml, "kind");
        long line = xml.getLocation().getLineNumber();
        if (code.isEmpty()) {
            log.refuse(line, "The class has no code.");
            return;
        }
        int concept = builder.concept(code);
        builder.property(concept, Property.of("classKind", Property.Type.STRING, kind));
        String label = content(xml, "Class", new Inside(code, concept));
        if (label.isEmpty()) {
            log.refuse(line, "The class " + code + " has no preferred label.");
            return;
        }
        builder.display(concept, label);
        labels.put(code, label);
    }

    /** The class that is being read. */
    private record Inside(String code, int concept) {}

    private void ending(XMLStreamReader xml) throws XMLStreamException {
        String modifier = attribute(xml, "modifier");
        String code = attribute(xml, "code");
        String label = content(xml, "ModifierClass", null);
        endings.computeIfAbsent(modifier, _ -> new LinkedHashMap<>()).put(code, label);
    }

    /** Reads up to the end of the element; gives its preferred label. */
    private String content(XMLStreamReader xml, String element, @Nullable Inside inside) throws XMLStreamException {
        String label = "";
        boolean preferred = false;
        List<String> valid = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(element)) {
                return label;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "SuperClass" -> {
                    if (inside != null) {
                        builder.parent(inside.concept(), attribute(xml, "code"));
                    }
                }
                case "Meta" -> {
                    if (inside != null) {
                        builder.property(
                                inside.concept(),
                                Property.of(attribute(xml, "name"), Property.Type.STRING, attribute(xml, "value")));
                    }
                }
                case "ModifiedBy" -> {
                    valid = new ArrayList<>();
                    if (inside != null) {
                        modified.add(new Modified(inside.code(), attribute(xml, "code"), valid));
                    }
                }
                case "ValidModifierClass" -> valid.add(attribute(xml, "code"));
                case "Rubric" -> preferred = attribute(xml, "kind").equals("preferred");
                case "Label" -> {
                    if (preferred && label.isEmpty()) {
                        label = text(xml);
                    }
                }
                default -> {}
            }
        }
        return label;
    }

    private void apply(Modified rule) {
        Map<String, String> all = endings.getOrDefault(rule.modifier(), Map.of());
        String above = Objects.requireNonNullElse(labels.get(rule.code()), "");
        all.forEach((ending, label) -> {
            String code = rule.code() + ending;
            boolean counts = rule.valid().isEmpty() || rule.valid().contains(ending);
            if (counts && builder.find(code) < 0) {
                int concept = builder.concept(code);
                builder.display(concept, above + ": " + label);
                labels.put(code, above + ": " + label);
                builder.property(concept, Property.of("classKind", Property.Type.STRING, "category"));
                builder.property(concept, Property.of("modifier", Property.Type.STRING, rule.modifier()));
                builder.parent(concept, rule.code());
            }
        });
    }

    /** The text of an element without that of references within it, blanks put in order. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        int skipped = 0;
        while (depth > 0 && xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    skipped += xml.getLocalName().equals("Reference") ? 1 : 0;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    skipped -= xml.getLocalName().equals("Reference") ? 1 : 0;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (skipped == 0) {
                        text.append(xml.getText());
                    }
                }
                default -> {}
            }
        }
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static String attribute(XMLStreamReader xml, String name) {
        return Objects.requireNonNullElse(xml.getAttributeValue(null, name), "");
    }
}
