package allmende.synth.profile;

import java.util.EnumSet;
import java.util.Set;

/**
 * One invented site.
 *
 * @param id lower-case letters and hyphens; part of the host name in its identifier systems
 * @param name as people call it
 * @param iknr institution number of nine digits with right check digit
 * @param patients number of patients, at least 1
 * @param seed all that happens follows from it
 * @param insured insurance numbers are handed out from this one on, so that sites do not share patients by accident
 * @param offerings the parts of the core data set that it has beside persons, cases and diagnoses
 * @param era how it names classifications
 * @param units in which units its laboratory reports
 * @param ageShift by how many years patients in middle life are older, or with a minus younger, than in a university
 *     hospital; within ±20. The young stay young and the very old very old.
 */
public record HospitalProfile(
        String id,
        String name,
        String iknr,
        long patients,
        long seed,
        long insured,
        Set<Offering> offerings,
        CodeEra era,
        LabUnits units,
        double ageShift) {

    private static final double AGE_SHIFT_MAX = 20;

    public HospitalProfile {
        if (patients < 1) {
            throw new IllegalArgumentException("a hospital needs at least one patient");
        }
        if (!(Math.abs(ageShift) <= AGE_SHIFT_MAX)) {
            throw new IllegalArgumentException("the age shift is within 20 years");
        }
        if (offerings.contains(Offering.ADMINISTRATIONS) && !offerings.contains(Offering.ORDERS)) {
            throw new IllegalArgumentException("administrations refer to orders, which are not offered");
        }
        offerings = Set.copyOf(offerings);
    }

    /** The university hospital with everything, as it is without a profile. */
    public static HospitalProfile university(long patients, long seed) {
        return new HospitalProfile(
                "uk-allmende",
                "Universitätsklinikum Allmende",
                "269900428",
                patients,
                seed,
                0,
                EnumSet.allOf(Offering.class),
                CodeEra.BFARM,
                LabUnits.CONVENTIONAL,
                0);
    }

    /** The same site with that many patients. */
    public HospitalProfile withPatients(long number) {
        return new HospitalProfile(id, name, iknr, number, seed, insured, offerings, era, units, ageShift);
    }

    /** Whether the site has that part. */
    public boolean offers(Offering offering) {
        return offerings.contains(offering);
    }

    /** Root of the identifier systems that the site hands out. */
    public String identifiers() {
        return "https://" + id + ".example/fhir/sid/";
    }
}
