package allmende.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.jspecify.annotations.Nullable;

/** Gives HAPI the installed definitions, each parsed once when it is first asked for. */
final class PackageSupport implements IValidationSupport {

    private final Definitions definitions;
    private final boolean complete;
    private final Map<String, Optional<IBaseResource>> parsed = new ConcurrentHashMap<>();

    /**
     * Support over these definitions.
     *
     * @param complete whether profiles without a snapshot are kept back: none could be made, and HAPI would fail over them
     */
    PackageSupport(Definitions definitions, boolean complete) {
        this.definitions = definitions;
        this.complete = complete;
    }

    @Override
    public FhirContext getFhirContext() {
        return Room.context();
    }

    @Override
    public @Nullable IBaseResource fetchStructureDefinition(String url) {
        return find("StructureDefinition", url);
    }

    @Override
    public @Nullable IBaseResource fetchValueSet(String url) {
        return find("ValueSet", url);
    }

    @Override
    public @Nullable IBaseResource fetchCodeSystem(String url) {
        return find("CodeSystem", url);
    }

    @Override
    public <T extends IBaseResource> @Nullable T fetchResource(@Nullable Class<T> type, String url) {
        if (type == null) {
            return null;
        }
        String name = type.getSimpleName();
        return switch (name) {
            case "StructureDefinition", "ValueSet", "CodeSystem", "Questionnaire", "ConceptMap" -> {
                IBaseResource found = find(name, url);
                yield type.isInstance(found) ? type.cast(found) : null;
            }
            default -> null;
        };
    }

    /** None: HAPI would convert and keep every one of them; it asks for each that it needs by its address, too. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    @Override
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        return List.of();
    }

    /** Keeps a profile whose snapshot has just been made, for those that build on it. */
    void keep(String canonical, IBaseResource profile) {
        parsed.put("StructureDefinition " + canonical, Optional.of(profile));
    }

    private @Nullable IBaseResource find(String type, String canonical) {
        String key = type + " " + canonical;
        Optional<IBaseResource> known = parsed.get(key);
        if (known == null) {
            known = Optional.ofNullable(read(type, canonical));
            parsed.put(key, known);
        }
        return known.orElse(null);
    }

    private @Nullable IBaseResource read(String type, String canonical) {
        byte[] bytes = definitions.find(type, canonical);
        if (bytes == null) {
            return null;
        }
        try {
            IBaseResource read =
                    Room.context().newJsonParser().parseResource(new String(bytes, StandardCharsets.UTF_8));
            boolean unusable = complete && read instanceof StructureDefinition profile && !profile.hasSnapshot();
            return unusable ? null : read;
        } catch (DataFormatException unreadable) {
            return null;
        }
    }

    @Override
    public String getName() {
        return "installed packages";
    }
}
