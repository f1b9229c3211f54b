package allmende.core.fhir;

import org.jspecify.annotations.Nullable;

/** A literal reference ({@code Reference.reference}), by form (FHIR R4, section 2.3.0.1 and 3.1.0.11.2). */
public sealed interface Reference {

    /** {@code Type/id}; a version ({@code /_history/v}) is left out. */
    record Relative(ResourceKey key) implements Reference {}

    /** A URL. {@code key} is its tail where that is {@code Type/id} or {@code Type/id/_history/v}. */
    record Absolute(String url, @Nullable ResourceKey key) implements Reference {}

    /** {@code urn:uuid:…} or {@code urn:oid:…}: another entry of the same bundle, by its full URL. */
    record Bundle(String urn) implements Reference {}

    /** {@code #id}: a resource contained in this one; {@code #} alone (empty id) is the container. */
    record Contained(String id) implements Reference {}

    /** {@code Type?query}: the one resource that a search finds. */
    record Conditional(String type, String query) implements Reference {}

    /** None of these forms. */
    record Unintelligible(String literal) implements Reference {}

    /** Tells the form of a literal reference; total, never throws. */
    static Reference parse(String literal) {
        return ReferenceParser.parse(literal);
    }

    /** The resource that a relative or absolute reference names, if its form tells. */
    default @Nullable ResourceKey resourceKey() {
        return switch (this) {
            case Relative relative -> relative.key();
            case Absolute absolute -> absolute.key();
            case Bundle _, Contained _, Conditional _, Unintelligible _ -> null;
        };
    }
}
