package allmende.core.cohort;

import java.util.Locale;

/**
 * What can be said about a query: why it can't be read or answered, or what its asker should know. The sentences stand in
 * {@code allmende/cohort/problems.properties}; names of codes are stable, since others keep them.
 */
public enum ProblemCode {
    /** Something that is said in English only, by whoever says it. */
    OTHER(0),
    /** {@code {0}} is missing. */
    MISSING(1, true),
    /** {@code {0}} must be a JSON object. */
    NOT_OBJECT(1, true),
    /** {@code {0}} must be a number. */
    NOT_NUMBER(1, true),
    /** {@code {0}} must be a whole number from {@code {1}} to {@code {2}}. */
    WHOLE_NUMBER(3, true),
    /** {@code {0}} is beyond all measure. */
    BEYOND_MEASURE(1, true),
    /** This must be a JSON array. */
    NOT_ARRAY(0),
    /** This must be text in quotation marks. */
    NOT_TEXT(0),
    /** This must be true or false. */
    NOT_BOOLEAN(0),
    /** Unknown key; known here: {@code {0}}. */
    UNKNOWN_KEY(1),
    /** The query is larger than {@code {0}} bytes. */
    TOO_LARGE(1),
    /** The query is not readable JSON: {@code {0}}. */
    NOT_JSON(1),
    /** The query is not readable JSON: {@code {0}} (line {@code {1}}, column {@code {2}}). */
    NOT_JSON_AT(3),
    /** The version must be "2" or the URI of an earlier version. */
    VERSION(0),
    /** A query needs at least one inclusion criterion. */
    NO_INCLUSION(0),
    /** A group needs at least one criterion. */
    EMPTY_GROUP(0),
    /** A query may have at most {@code {0}} criteria. */
    TOO_MANY_CRITERIA(1),
    /** A query may have at most {@code {0}} codes. */
    TOO_MANY_CODES(1),
    /** The criterion is empty; it needs a context and term codes. */
    EMPTY_CRITERION(0),
    /** This attribute refers to {@code {0}}. */
    WRONG_TARGET(1),
    /** A criterion has either termCodes or, in the first draft of the format, one termCode. */
    BOTH_TERM_FORMS(0),
    /** A criterion needs at least one term code. */
    NO_TERMS(0),
    /** Contexts are codes of the system {@code {0}}. */
    CONTEXT_SYSTEM(1),
    /** There is no context "{@code {0}}" in the catalogue. */
    UNKNOWN_CONTEXT(1),
    /** The criterion needs a context: the code system {@code {0}} alone tells none. */
    CONTEXT_UNCLEAR(1),
    /** The criterion needs a context: its term codes point to {@code {0}} and {@code {1}}. */
    CONTEXTS_DIFFER(2),
    /** The context {@code {0}} has no such term; it knows {@code {1}}. */
    UNKNOWN_TERM(2),
    /** A criterion on {@code {0}} {@code {1}} needs a value filter. */
    VALUE_NEEDED(2),
    /** The context {@code {0}} has no value to filter by. */
    NO_VALUE(1),
    /** A criterion inside of a reference filter must not have reference filters itself. */
    NESTED_REFERENCE(0),
    /** The context {@code {0}} has no attribute "{@code {1}}"; it has {@code {2}}. */
    UNKNOWN_ATTRIBUTE(3),
    /** The context {@code {0}} has no attribute "{@code {1}}"; it has none at all. */
    NO_ATTRIBUTES(2),
    /** This attribute is filtered by criteria: its filter's type is reference. */
    ATTRIBUTE_REFERS(0),
    /** This attribute does not refer to a resource. */
    ATTRIBUTE_DOES_NOT_REFER(0),
    /** A reference filter needs at least one criterion. */
    EMPTY_REFERENCE(0),
    /** The context {@code {0}} has no time that could be restricted. */
    NO_TIME(1),
    /** The context {@code {0}} has no time that could be compared. */
    NO_TIME_TO_COMPARE(1),
    /** A time restriction needs afterDate, beforeDate or both. */
    EMPTY_TIME(0),
    /** beforeDate lies before afterDate. */
    TIME_REVERSED(0),
    /** There is no such day. */
    NO_SUCH_DAY(0),
    /** A date must be written in full: YYYY-MM-DD. */
    PARTIAL_DATE(0),
    /** A value is filtered by concept, quantity-comparator or quantity-range, not by "{@code {0}}". */
    FILTER_TYPE(1),
    /** This value is a quantity: it is filtered by comparator or range. */
    VALUE_IS_QUANTITY(0),
    /** This value is a concept: it is filtered by selected concepts. */
    VALUE_IS_CONCEPT(0),
    /** Select at least one concept. */
    EMPTY_SELECTION(0),
    /** minValue is larger than maxValue. */
    RANGE_REVERSED(0),
    /** The comparator must be eq, ne, gt, ge, lt or le. */
    COMPARATOR(0),
    /** An age needs a unit: a (years), mo (months), wk (weeks), d (days) or h (hours). */
    AGE_UNIT(0),
    /** "{@code {0}}" is no UCUM unit. */
    UNKNOWN_UNIT(1),
    /** A criterion inside of another one must not have an extension itself. */
    NESTED_EXTENSION(0),
    /** First and last choose the value to look at: the criterion needs a value filter. */
    POSITION_NEEDS_VALUE(0),
    /** The position must be first or last. */
    POSITION(0),
    /** The direction must be before, after or either. */
    DIRECTION(0),
    /** This site has no data of the context {@code {0}}. */
    NO_DATA(1),
    /** This site can't count how often something occurred. */
    AT_LEAST_NOT_UNDERSTOOD(0),
    /** This site can't look at the first or last value alone. */
    POSITION_NOT_UNDERSTOOD(0),
    /** This site can't compare the times of two criteria. */
    WITHIN_NOT_UNDERSTOOD(0),
    /** Code {@code {0}} of {@code {1}} was never met in the data, and no known code system has it. */
    CODE_NEVER_MET(2),
    /** 1 value in {@code {0}} can't be converted to {@code {1}} and did not match. */
    VALUE_INCONVERTIBLE(2),
    /** {@code {0}} values in {@code {1}} can't be converted to {@code {2}} and did not match. */
    VALUES_INCONVERTIBLE(3),
    /** 1 value without a unit can't be compared with {@code {0}} and did not match. */
    VALUE_WITHOUT_UNIT(1),
    /** {@code {0}} values without a unit can't be compared with {@code {1}} and did not match. */
    VALUES_WITHOUT_UNIT(2),
    /** The file is larger than {@code {0}} bytes. */
    FILE_TOO_LARGE(1),
    /** The file is not readable JSON: {@code {0}}. */
    FILE_NOT_JSON(1),
    /** The file is not readable JSON: {@code {0}} (line {@code {1}}, column {@code {2}}). */
    FILE_NOT_JSON_AT(3),
    /** The file must hold a JSON object. */
    FILE_NOT_OBJECT(0),
    /** This must be a JSON object. */
    OBJECT_HERE(0),
    /** A group must be a JSON array of criteria. */
    GROUP_NOT_ARRAY(0),
    /** This is a cohort definition; a data selection has the parts cohortDefinition and dataExtraction. */
    COHORT_ALONE(0),
    /** A data selection needs the part dataExtraction. */
    NO_EXTRACTION(0),
    /** A data selection needs at least one group of fields. */
    NO_FIELD_GROUP(0),
    /** A data selection may have at most {@code {0}} groups. */
    TOO_MANY_FIELD_GROUPS(1),
    /** Another group has the id "{@code {0}}". */
    SAME_GROUP_ID(1),
    /** There is no group with the id "{@code {0}}". */
    NO_SUCH_GROUP(1),
    /** The group has the field {@code {0}} twice. */
    FIELD_TWICE(1),
    /** Resources are filtered by token or date, not by "{@code {0}}". */
    RESOURCE_FILTER_TYPE(1),
    /** A filter by code needs at least one code. */
    NO_FILTER_CODE(0),
    /** A filter by date needs a start, an end or both. */
    EMPTY_DATE_FILTER(0),
    /** The end lies before the start. */
    END_BEFORE_START(0),
    /** A date must be written in full and exist: YYYY-MM-DD. */
    WHOLE_DATE(0),
    /** The newest form has the version "1". */
    NEWEST_HAS_VERSION(0),
    /** The newest form gives each group an id. */
    NEWEST_HAS_GROUP_ID(0),
    /** The newest form gives each group a name. */
    NEWEST_HAS_GROUP_NAME(0),
    /** A name has at most {@code {0}} characters, no space at either end, and is no device of Windows. */
    GROUP_NAME_RULES(1),
    /** A group without fields hands out nothing but the fact that there is a resource. */
    GROUP_WITHOUT_FIELDS(0),
    /** Another group's name gives the same file name; choose another. */
    SAME_FILE_NAME(0),
    /** No field refers to this group, so nothing of it is handed out. */
    UNUSED_GROUP(0),
    /** A group has one filter by date; of several all must hold. */
    SEVERAL_DATE_FILTERS(0),
    /** The newest form gives codes a text. */
    NEWEST_HAS_CODE_TEXT(0),
    /** This is a {@code {0}} document; a {@code {1}} is checked here. */
    OTHER_KIND_OF_FILE(2),
    /** The profile {@code {0}} is not known here. */
    UNKNOWN_PROFILE(1),
    /** The profile {@code {0}} has no element {@code {1}}. */
    UNKNOWN_ELEMENT(2),
    /** An extraction needs exactly one group of a patient profile. */
    ONE_PATIENT_GROUP(0),
    /** Resources of type {@code {0}} can't be filtered by "{@code {1}}" here. */
    UNKNOWN_SEARCH(2),
    /** A saved query is a JSON object with label, comment and content. */
    SAVED_QUERY_SHAPE(0),
    /** The saved query has no content: a CRTDL document. */
    SAVED_QUERY_EMPTY(0);

    private final int arguments;
    private final boolean namesPart;

    ProblemCode(int arguments) {
        this(arguments, false);
    }

    ProblemCode(int arguments, boolean namesPart) {
        this.arguments = arguments;
        this.namesPart = namesPart;
    }

    /** How many arguments the sentence takes. */
    public int arguments() {
        return arguments;
    }

    /** Whether the first argument names a part of a query in English, with its article. */
    boolean namesPart() {
        return namesPart;
    }

    /** The code in writing: small letters and hyphens. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The code written so; {@link #OTHER} for one that is not known here. */
    public static ProblemCode ofKey(String key) {
        for (ProblemCode code : values()) {
            if (code.key().equals(key)) {
                return code;
            }
        }
        return OTHER;
    }
}
