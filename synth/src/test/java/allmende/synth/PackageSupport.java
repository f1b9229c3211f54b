package allmende.synth;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Profiles and terminology out of package files, parsed only when the validator asks for them. */
final class PackageSupport implements IValidationSupport {

    private final FhirContext context;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Map<String, byte[]> definitions = new HashMap<>();
    private final Map<String, IBaseResource> parsed = new HashMap<>();

    PackageSupport(FhirContext context) {
        this.context = context;
    }

    /** Reads a package; what an earlier one defines already is kept. */
    void add(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (!name.contains("/examples/") && name.endsWith(".json")) {
                    index(tar.readAllBytes());
                } else if (name.endsWith("Profile_MII_Consent_Einwilligung.xml")) {
                    String xml = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                    StructureDefinition profile = context.newXmlParser().parseResource(StructureDefinition.class, xml);
                    parsed.putIfAbsent("StructureDefinition " + profile.getUrl(), profile);
                    definitions.putIfAbsent("StructureDefinition " + profile.getUrl(), new byte[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void index(byte[] json) {
        String type = "";
        String url = "";
        try (JsonParser parser = mapper.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME && (type.isEmpty() || url.isEmpty())) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals("resourceType")) {
                    type = parser.getString();
                } else if (name.equals("url") && token == JsonToken.VALUE_STRING) {
                    url = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
        }
        definitions.putIfAbsent(type + " " + url, json);
    }

    private synchronized IBaseResource find(String type, String url) {
        String key = type + " " + url.replaceFirst("\\|.*", "");
        byte[] json = definitions.get(key);
        if (json == null) {
            return null;
        }
        return parsed.computeIfAbsent(
                key, k -> context.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8)));
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        return find("StructureDefinition", url);
    }

    @Override
    public IBaseResource fetchValueSet(String url) {
        return find("ValueSet", url);
    }

    @Override
    public IBaseResource fetchCodeSystem(String url) {
        return find("CodeSystem", url);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends IBaseResource> T fetchResource(Class<T> type, String url) {
        return (T) find(type.getSimpleName(), url);
    }

    @Override
    public boolean isCodeSystemSupported(ca.uhn.fhir.context.support.ValidationSupportContext support, String system) {
        return definitions.containsKey("CodeSystem " + system);
    }

    @Override
    public boolean isValueSetSupported(ca.uhn.fhir.context.support.ValidationSupportContext support, String url) {
        return definitions.containsKey("ValueSet " + url.replaceFirst("\\|.*", ""));
    }
}
