package allmende.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.LenientErrorHandler;

/** What is made once per process, and only when it is first needed. */
final class Room {

    private Room() {}

    /** HAPI's model of FHIR R4. */
    static FhirContext context() {
        return Context.R4;
    }

    /** The definitions of FHIR R4 itself. */
    static DefaultProfileValidationSupport base() {
        return Base.DEFINITIONS;
    }

    private static final class Context {

        private static final FhirContext R4 = make();

        private static FhirContext make() {
            FhirContext context = FhirContext.forR4();
            // what HAPI would print to the log about a resource could hold its values
            context.setParserErrorHandler(new LenientErrorHandler(false));
            context.getParserOptions().setStripVersionsFromReferences(false);
            context.getParserOptions().setOverrideResourceIdWithBundleEntryFullUrl(false);
            return context;
        }
    }

    private static final class Base {
        private static final DefaultProfileValidationSupport DEFINITIONS =
                new DefaultProfileValidationSupport(Context.R4);
    }
}
