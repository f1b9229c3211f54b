package allmende.core.extraction;

import java.util.List;
import java.util.Optional;

/** The data part of a CRTDL document: what is handed out of each patient of the cohort. */
public record Extraction(List<AttributeGroup> groups) {

    public Extraction {
        groups = List.copyOf(groups);
    }

    /** The group with this id. */
    public Optional<AttributeGroup> group(String id) {
        return groups.stream().filter(group -> group.id().equals(id)).findFirst();
    }
}
