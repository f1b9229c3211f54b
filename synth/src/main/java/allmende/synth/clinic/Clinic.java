package allmende.synth.clinic;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the hospital knows: the tables of the module's resource files.
 *
 * @param labs laboratory tests by id, in the order of their numbers
 * @param drugs drugs by id, in the order of the file
 * @param departments departments by code
 * @param diseases diseases in the order in which a patient's are drawn: what raises a risk comes before
 */
public record Clinic(
        Map<String, LabTest> labs,
        Map<String, Drug> drugs,
        Map<String, Department> departments,
        List<Disease> diseases) {

    /** Reads the tables that come with the program. */
    public static Clinic shipped() {
        return new ClinicReader().read();
    }

    /** The disease of that id, if there is one. */
    public @Nullable Disease disease(String id) {
        return diseases.stream().filter(d -> d.id().equals(id)).findFirst().orElse(null);
    }

    /** The test of that id. */
    public LabTest lab(String id) {
        LabTest lab = labs.get(id);
        if (lab == null) {
            throw new IllegalStateException("There is no laboratory test " + id);
        }
        return lab;
    }

    /** The department of that code. */
    public Department department(String code) {
        Department department = departments.get(code);
        if (department == null) {
            throw new IllegalStateException("There is no department " + code);
        }
        return department;
    }
}
