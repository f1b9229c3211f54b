package allmende.app.fhirapi;

import allmende.app.identity.Scope;
import allmende.engine.load.IncomingBundle;
import org.jspecify.annotations.Nullable;

/** What a caller wants to be different. */
sealed interface Change {

    /** The type of the resource. */
    String type();

    /** A new resource, unless a query finds one. */
    record Create(String type, Content content, @Nullable String ifNoneExist) implements Change {}

    /** A resource's new content. */
    record Update(String type, Target target, Content content, Conditions conditions) implements Change {}

    /** A part of a resource's content: JSON Patch. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Patch(String type, Target target, byte[] patch, Conditions conditions) implements Change {}

    /** A resource's end. */
    record Delete(String type, Target target, Conditions conditions) implements Change {}

    /** Which resource. */
    sealed interface Target {
        /** The one with this id. */
        record ById(String id) implements Target {}

        /** The one that a query finds. */
        record ByQuery(String query) implements Target {}
    }

    /** A resource that was sent: alone, or in a bundle. */
    sealed interface Content {
        /** Alone. */
        @SuppressWarnings("ArrayRecordComponent") // read once, never compared
        record Alone(byte[] json) implements Content {}

        /** In a bundle. */
        record InBundle(IncomingBundle.Entry entry) implements Content {}
    }

    /** What the caller expects of the resource as it is. */
    record Conditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        static final Conditions NONE = new Conditions(null, null);
    }

    /** The right that it takes. */
    default Scope.Act act() {
        return switch (this) {
            case Create _ -> Scope.Act.CREATE;
            case Update _, Patch _ -> Scope.Act.UPDATE;
            case Delete _ -> Scope.Act.DELETE;
        };
    }

    /** Whether it searches or reads before it writes, so that nothing may be written between. */
    default boolean looksFirst() {
        return switch (this) {
            case Create create -> create.ifNoneExist() != null;
            case Update update -> update.target() instanceof Target.ByQuery;
            case Patch _ -> true;
            case Delete delete -> delete.target() instanceof Target.ByQuery;
        };
    }
}
