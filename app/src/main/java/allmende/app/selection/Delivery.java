package allmende.app.selection;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.profile.DataProfile;
import allmende.core.profile.Identifying;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a selection would deliver, as a whole.
 *
 * @param groups number of kinds of data
 * @param fields number of fields in all of them
 * @param mustHaves number of fields without which a patient is left out
 * @param classes number of fields of each class
 * @param unknown number of fields that no declared profile knows, so that nobody can say how identifying they are
 */
record Delivery(int groups, int fields, int mustHaves, Map<Identifying, Integer> classes, int unknown) {

    /** From so many indirect traits on, their combination is the danger. */
    private static final int MANY_TRAITS = 6;

    /** How identifying a selection is as a whole. */
    enum Level {
        /** Nothing is wanted. */
        EMPTY,
        /** Few indirect traits. */
        LOW,
        /** Many indirect traits, free text, or fields that nobody has described. */
        RAISED,
        /** Something that names persons. */
        HIGH
    }

    Delivery {
        classes = Map.copyOf(classes);
    }

    static Delivery of(List<AttributeGroup> groups, Profiles profiles) {
        Map<Identifying, Integer> classes = new EnumMap<>(Identifying.class);
        int fields = 0;
        int mustHaves = 0;
        int unknown = 0;
        for (AttributeGroup group : groups) {
            Optional<DataProfile> profile = profiles.find(group.profile());
            for (Attribute attribute : group.attributes()) {
                fields++;
                mustHaves += attribute.mustHave() ? 1 : 0;
                Optional<ProfileField> field = profile.flatMap(known -> known.field(attribute.element()));
                field.ifPresent(known -> classes.merge(known.identifying(), 1, Integer::sum));
                unknown += field.isEmpty() ? 1 : 0;
            }
        }
        return new Delivery(groups.size(), fields, mustHaves, classes, unknown);
    }

    /** Number of fields of the class. */
    int count(Identifying identifying) {
        return classes.getOrDefault(identifying, 0);
    }

    /** Fields that name persons. */
    public int direct() {
        return count(Identifying.DIRECT);
    }

    /** Fields of free text. */
    public int freeText() {
        return count(Identifying.FREE_TEXT);
    }

    /** Fields that narrow the circle. */
    public int quasi() {
        return count(Identifying.QUASI);
    }

    /** Fields that say nothing about who it is. */
    public int none() {
        return count(Identifying.NONE);
    }

    /** How identifying it is as a whole. */
    public Level level() {
        if (fields == 0) {
            return Level.EMPTY;
        }
        if (direct() > 0) {
            return Level.HIGH;
        }
        return freeText() > 0 || unknown > 0 || quasi() >= MANY_TRAITS ? Level.RAISED : Level.LOW;
    }
}
