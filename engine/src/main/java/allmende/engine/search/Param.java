package allmende.engine.search;

import java.util.List;
import java.util.Set;

/** A search parameter of one resource type. */
sealed interface Param {

    /** Name in a query. */
    String code();

    /** Canonical of its definition. */
    String url();

    /** Its type. */
    ParamType type();

    /**
     * One that compares the values of a field.
     *
     * @param targets types of which references are meant; empty for all
     */
    record Plain(String code, String url, Field field, Set<String> targets) implements Param {
        @Override
        public ParamType type() {
            return field.type();
        }
    }

    /** One whose components must hold of the same element. */
    record Composite(String code, String url, List<ParamType> components, List<Tuple> tuples) implements Param {
        @Override
        public ParamType type() {
            return ParamType.COMPOSITE;
        }
    }

    /** Elements of which the components of a composite must hold together. */
    sealed interface Tuple {

        /** The resource itself: what holds of it together is what holds of each of these fields. */
        record Whole(List<Field> fields) implements Tuple {}

        /**
         * Elements that repeat: their components are kept together in a field of their own.
         *
         * @param name of that field
         * @param elements where the elements are
         * @param components read from such an element
         */
        record Repeated(String name, Field elements, List<Field> components) implements Tuple {}
    }
}
