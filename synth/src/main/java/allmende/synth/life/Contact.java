package allmende.synth.life;

import allmende.synth.clinic.Care;
import allmende.synth.clinic.Department;
import java.util.List;

/**
 * One contact of a patient with the hospital and all that was found and done in it.
 *
 * @param number place among the patient's contacts, from 1
 * @param setting stay, visit or day case
 * @param start minute of admission
 * @param end minute of discharge; {@link Long#MAX_VALUE}: the patient is still there
 * @param emergency whether it was an emergency
 * @param died whether the patient died in it
 * @param segments departments in the order of time
 * @param diagnoses what the patient was treated for, the main diagnosis first
 * @param measurements laboratory values
 * @param vitals vital signs
 * @param operations procedures
 * @param medications drugs ordered, given and taken
 * @param samples specimens for the biobank
 */
public record Contact(
        int number,
        Care.Setting setting,
        long start,
        long end,
        boolean emergency,
        boolean died,
        List<Segment> segments,
        List<Diagnosis> diagnoses,
        List<Measurement> measurements,
        List<Vital> vitals,
        List<Operation> operations,
        List<Medication> medications,
        List<Sample> samples) {

    /**
     * Time in one department.
     *
     * @param department where
     * @param start first minute
     * @param end last minute; {@link Long#MAX_VALUE}: still there
     * @param intensive whether in intensive care
     */
    public record Segment(Department department, long start, long end, boolean intensive) {}

    /** Whether the patient is still there at the end of observation. */
    public boolean open() {
        return end == Long.MAX_VALUE;
    }
}
