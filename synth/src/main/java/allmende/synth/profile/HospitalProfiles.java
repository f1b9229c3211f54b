package allmende.synth.profile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Four sites of a country that never was. Names, numbers and patients are invented. */
public final class HospitalProfiles {

    /** A large university hospital with everything, whose laboratory reports in SI units. */
    public static final HospitalProfile MORGENFURT = new HospitalProfile(
            "uk-morgenfurt",
            "Universitätsklinikum Morgenfurt",
            "269900439",
            2600,
            4101,
            100_000_000,
            EnumSet.allOf(Offering.class),
            CodeEra.BFARM,
            LabUnits.SI,
            0);

    /** A hospital with intensive care but neither biobank nor consent, which codes as it did years ago; its patients are old. */
    public static final HospitalProfile SILBERTANN = new HospitalProfile(
            "klinikum-silbertann",
            "Klinikum Silbertann",
            "269900440",
            1100,
            4202,
            200_000_000,
            EnumSet.complementOf(EnumSet.of(Offering.BIOBANK, Offering.CONSENT)),
            CodeEra.DIMDI,
            LabUnits.CONVENTIONAL,
            7);

    /** A small hospital without intensive care, biobank or consent, which codes as it did years ago; its patients are young. */
    public static final HospitalProfile EULENSTIEG = new HospitalProfile(
            "krankenhaus-eulenstieg",
            "Krankenhaus am Eulenstieg",
            "269900451",
            800,
            4303,
            300_000_000,
            Set.of(Offering.PROCEDURES, Offering.LABORATORY, Offering.ORDERS, Offering.STATEMENTS),
            CodeEra.DIMDI,
            LabUnits.CONVENTIONAL,
            -6);

    /** A care network, the regional partner: beside persons, cases and diagnoses it knows what its patients take. */
    public static final HospitalProfile DREI_AUEN = new HospitalProfile(
            "netz-drei-auen",
            "Versorgungsnetz Drei Auen",
            "269900462",
            500,
            4404,
            400_000_000,
            Set.of(Offering.STATEMENTS),
            CodeEra.BFARM,
            LabUnits.CONVENTIONAL,
            4);

    private HospitalProfiles() {}

    /** The four, the largest first; 5,000 patients in all. */
    public static List<HospitalProfile> all() {
        return List.of(MORGENFURT, SILBERTANN, EULENSTIEG, DREI_AUEN);
    }
}
