package allmende.synth.profile;

/** A part of the core data set that a site may or may not have; every site has persons, cases and diagnoses. */
public enum Offering {
    /** Module Prozedur. */
    PROCEDURES,
    /** Module Laborbefund. */
    LABORATORY,
    /** Orders of module Medikation. */
    ORDERS,
    /** Administrations of module Medikation; they refer to orders. */
    ADMINISTRATIONS,
    /** Statements of module Medikation: what a patient takes at home. */
    STATEMENTS,
    /** Module Intensivmedizin: vital signs, ventilation, and that a ward is an intensive one. */
    INTENSIVE_CARE,
    /** Module Biobank. */
    BIOBANK,
    /** Module Consent. */
    CONSENT
}
