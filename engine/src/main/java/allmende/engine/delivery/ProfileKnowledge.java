package allmende.engine.delivery;

import allmende.core.delivery.DeclaredFacts;
import allmende.core.delivery.ElementFacts;
import allmende.core.delivery.GroupTables;
import allmende.core.delivery.GroupViews;
import allmende.core.delivery.StructureFacts;
import allmende.core.extraction.AttributeGroup;
import allmende.core.profile.DataProfile;
import allmende.core.profile.Profiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the program and the installed packages know of profiles, put together into tables. */
public final class ProfileKnowledge {

    private final Profiles profiles;
    private final Function<String, Optional<JsonNode>> definitions;

    /**
     * Knowledge from both.
     *
     * @param definitions finds the StructureDefinition with a canonical URL, such as {@code packages::find}
     */
    public ProfileKnowledge(Profiles profiles, Function<String, Optional<JsonNode>> definitions) {
        this.profiles = profiles;
        this.definitions = definitions;
    }

    /** What the program knows by itself. */
    public static ProfileKnowledge shipped() {
        return new ProfileKnowledge(Profiles.shipped(), url -> Optional.empty());
    }

    /** The tables of a group; none where nothing tells the type of its resources. */
    GroupTables tables(AttributeGroup group) {
        Optional<DataProfile> declared = profiles.find(group.profile());
        Optional<JsonNode> installed = definitions.apply(group.profile());
        String type = group.attributes().stream()
                .map(attribute -> attribute.element().split("[.:]")[0])
                .findFirst()
                .or(() -> declared.map(DataProfile::resourceType))
                .or(() -> installed.map(definition -> definition.path("type").asString("")))
                .orElse("");
        if (type.isEmpty()) {
            return new GroupTables(List.of(), List.of());
        }
        ElementFacts program = declared.<ElementFacts>map(DeclaredFacts::new).orElse(ElementFacts.NONE);
        ElementFacts packages = installed
                .<ElementFacts>map(definition -> new StructureFacts(definition, definitions))
                .orElse(ElementFacts.NONE);
        return GroupViews.of(group, type, program.or(packages));
    }
}
