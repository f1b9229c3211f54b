package allmende.app.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's access to patient data, as it is told to the {@link AccessLog}. Never holds data of a patient besides ids: of a
 * query the names of the parameters alone.
 *
 * @param who whoever did it
 * @param action what
 * @param type resource type, or the name of an operation without the dollar; null for the whole system
 * @param id id of the one resource that it was about; null for none or several
 * @param parameters names of the query's parameters in the order given; empty for none
 * @param patients whose data it was
 * @param status status of the answer over HTTP, such as 200
 * @param t snapshot that was read or transaction that was written; 0 where there is none
 */
public record Access(
        Who who,
        Action action,
        @Nullable String type,
        @Nullable String id,
        List<String> parameters,
        Patients patients,
        int status,
        long t) {

    private static final int OK = 200;
    private static final int PARAMETERS_MAX = 50;

    /** Copies the list, of which it keeps a bounded part. */
    public Access {
        parameters = List.copyOf(parameters.subList(0, Math.min(parameters.size(), PARAMETERS_MAX)));
    }

    /** What was done. */
    public enum Action {
        /** One resource was read. */
        READ,
        /** An older version of a resource was read. */
        VREAD,
        /** A history was read. */
        HISTORY,
        /** A page of a search, or its number. */
        SEARCH,
        /** A bulk export was made. */
        EXPORT,
        /** A file of a bulk export was fetched. */
        DOWNLOAD,
        /** A resource was made. */
        CREATE,
        /** A resource was changed. */
        UPDATE,
        /** A part of a resource was changed. */
        PATCH,
        /** A resource was deleted. */
        DELETE,
        /** A patient was erased. */
        ERASE,
        /** Several at once; what each did is told by itself besides. */
        BATCH,
        /** An operation such as $everything. */
        OPERATION
    }

    /**
     * Who did it.
     *
     * @param name name of the account or of the machine
     * @param kind what it is
     * @param roles roles of a person, as files write them
     * @param address where the call came from; empty where it is not known
     */
    public record Who(String name, Kind kind, List<String> roles, String address) {

        /** Copies the roles. */
        public Who {
            roles = List.copyOf(roles);
        }

        /** What somebody can be. */
        public enum Kind {
            /** A person with an account. */
            PERSON,
            /** A registered program. */
            MACHINE,
            /** A command on the site's own machine. */
            THIS_MACHINE,
            /** Anybody, at a site without login. */
            OPEN,
            /** Somebody who has not said who they are. */
            NOBODY
        }
    }

    /**
     * Whose data it was.
     *
     * @param ids ids of the patients, at most {@value #MAX} of them
     * @param total how many patients there were in all; more than there are ids where those are cut off; -1 where nobody
     *     counted, which stands for possibly all
     */
    public record Patients(List<String> ids, long total) {

        /** No more ids than this are kept of one access; a page of a search stays below. */
        public static final int MAX = 1_000;

        /** No patient's. */
        public static final Patients NONE = new Patients(List.of(), 0);

        /** Possibly every patient's. */
        public static final Patients ALL = new Patients(List.of(), -1);

        /** Copies the ids, of which it keeps the first. */
        public Patients {
            ids = List.copyOf(ids.subList(0, Math.min(ids.size(), MAX)));
        }

        /** These patients, each named once. */
        public static Patients of(Iterable<String> ids) {
            List<String> several = new java.util.ArrayList<>();
            ids.forEach(several::add);
            List<String> distinct = several.stream().distinct().toList();
            return new Patients(distinct, distinct.size());
        }

        /** One patient, or none for null. */
        public static Patients one(@Nullable String id) {
            return id == null ? NONE : new Patients(List.of(id), 1);
        }

        /** Whether patients may be meant whose ids are not here. */
        public boolean cut() {
            return total < 0 || total > ids.size();
        }
    }

    /** An access that went well, to no resource in particular yet. */
    public static Access by(Who who, Action action) {
        return new Access(who, action, null, null, List.of(), Patients.NONE, OK, 0);
    }

    /** The same, to a resource (with its id) or to resources of a type (with null). */
    public Access on(@Nullable String resourceType, @Nullable String resourceId) {
        return new Access(who, action, resourceType, resourceId, parameters, patients, status, t);
    }

    /** The same, with these parameters; names alone, never values. */
    public Access asking(Iterable<String> names) {
        List<String> list = new java.util.ArrayList<>();
        names.forEach(list::add);
        return new Access(who, action, type, id, list, patients, status, t);
    }

    /** The same, to data of these patients. */
    public Access of(Patients touched) {
        return new Access(who, action, type, id, parameters, touched, status, t);
    }

    /** The same, answered with this status. */
    public Access answered(int httpStatus) {
        return new Access(who, action, type, id, parameters, patients, httpStatus, t);
    }

    /** The same, at this snapshot. */
    public Access at(long snapshot) {
        return new Access(who, action, type, id, parameters, patients, status, snapshot);
    }
}
