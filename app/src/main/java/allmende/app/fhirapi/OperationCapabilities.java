package allmende.app.fhirapi;

import java.util.List;

/** Tells which operations work. All beans of this kind are asked. */
public interface OperationCapabilities {

    /** Operations, wherever they are carried out. */
    List<Operation> operations();

    /**
     * An operation.
     *
     * @param type resource type under which it is told; empty for the system
     * @param name without the dollar
     * @param definition canonical of its definition
     */
    record Operation(String type, String name, String definition) {}
}
