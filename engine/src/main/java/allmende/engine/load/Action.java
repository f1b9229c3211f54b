package allmende.engine.load;

import allmende.core.fhir.ResourceKey;

/** What is to be done with an entry, told by its request; FHIR R4, section 3.1.0 (RESTful API). */
sealed interface Action {

    /** The type of the resource that it is about. */
    String type();

    /** Create or update under this key. */
    record Write(ResourceKey key) implements Action {
        @Override
        public String type() {
            return key.type();
        }
    }

    /** Create under this key unless the query finds one. */
    record CreateIfNone(ConditionalQuery query, ResourceKey key) implements Action {
        @Override
        public String type() {
            return key.type();
        }
    }

    /**
     * Update the one that the query finds; where it finds none, create under this key.
     *
     * @param ownId whether the resource brings the id of that key itself, so that it must be the one found
     */
    record WriteMatch(ConditionalQuery query, ResourceKey key, boolean ownId) implements Action {
        @Override
        public String type() {
            return key.type();
        }
    }

    /** Delete. */
    record Delete(ResourceKey key) implements Action {
        @Override
        public String type() {
            return key.type();
        }
    }

    /** Delete the one that the query finds, if any. */
    record DeleteMatch(ConditionalQuery query) implements Action {
        @Override
        public String type() {
            return query.type();
        }
    }
}
