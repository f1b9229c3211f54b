package allmende.core.view;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The views that come with the program: one for each kind of data of the core data set's base modules. */
public final class ShippedViews {

    private static final List<String> NAMES = List.of(
            "patient",
            "encounter",
            "condition",
            "procedure",
            "laboratory",
            "vital_signs",
            "medication",
            "medication_administration",
            "medication_request",
            "medication_statement",
            "consent",
            "specimen");

    private ShippedViews() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /** The definition of one of them, a {@code ViewDefinition}; empty if none has this name. */
    public static Optional<JsonNode> definition(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = ShippedViews.class.getResourceAsStream("/allmende/views/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the view " + name + " is missing from the program");
            }
            return Optional.of(FhirJson.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
