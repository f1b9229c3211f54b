package allmende.app.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes accesses as FHIR AuditEvents in the shape of IHE's Basic Audit Log Patterns (BALP): type {@code rest}, the
 * interaction as subtype; agents for server, client and user; entities for patients, data and query.
 */
final class AuditEventJson {

    /** Kind of the detail that tells how many patients there were where not all are named. */
    static final String PATIENTS = "patients-in-all";

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String APPLICATION = "110150";
    private static final String CUSTODIAN = "custodian";
    private static final String SOURCE_ROLE = "110153";
    private static final String DESTINATION_ROLE = "110152";
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final String site;

    /** {@code site} is what the party calls itself. */
    AuditEventJson(String site) {
        this.site = site;
    }

    /** The event of an access. */
    byte[] write(long n, Instant at, Access access) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
            begin(out, n);
            String profile = profile(access);
            if (profile != null) {
                out.writeObjectPropertyStart("meta").writeArrayPropertyStart("profile");
                out.writeString(PROFILE + profile).writeEndArray().writeEndObject();
            }
            types(out, access);
            out.writeStringProperty("action", action(access.action()));
            moment(out, at);
            out.writeStringProperty("outcome", outcome(access.status()));
            out.writeStringProperty("outcomeDesc", "HTTP " + access.status());
            agents(out, access);
            source(out);
            out.writeArrayPropertyStart("entity");
            patients(out, access.patients());
            data(out, access);
            query(out, access);
            out.writeEndArray().writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The event of something that happened to the log itself, with remarks by their names. */
    byte[] remark(long n, Instant at, Remark remark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
            begin(out, n);
            out.writeName("type");
            coding(out, DCM, "110100", "Application Activity");
            out.writeArrayPropertyStart("subtype");
            coding(out, "urn:allmende:access-log", remark.code(), null);
            out.writeEndArray();
            out.writeStringProperty("action", "E");
            moment(out, at);
            out.writeStringProperty("outcome", "0");
            out.writeArrayPropertyStart("agent");
            agent(out, APPLICATION, site.isEmpty() ? "allmende" : site, true, "");
            out.writeEndArray();
            source(out);
            out.writeArrayPropertyStart("entity").writeStartObject();
            out.writeArrayPropertyStart("detail");
            remark.details().forEach((name, value) -> detail(out, name, value));
            out.writeEndArray().writeEndObject().writeEndArray().writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Something that happened to the log itself. */
    record Remark(String code, Map<String, String> details) {

        /** The log was opened; the details name what was found. */
        static final String OPENED = "opened";

        /** A half-written line was found and left standing; the details name its hash. */
        static final String HALF_LINE = "half-line";

        /** Where the trail of administrative acts was. */
        static final String TRAIL_HEAD = "trail-head";
    }

    private static void begin(JsonGenerator out, long n) {
        out.writeStartObject();
        out.writeStringProperty("resourceType", "AuditEvent");
        out.writeStringProperty("id", Long.toString(n));
    }

    private static void moment(JsonGenerator out, Instant at) {
        out.writeStringProperty("recorded", at.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** BALP has patterns for five interactions; those about a patient allow exactly one. */
    private static @Nullable String profile(Access access) {
        String base =
                switch (access.action()) {
                    case READ, VREAD -> "Read";
                    case SEARCH -> "Query";
                    case CREATE -> "Create";
                    case UPDATE, PATCH -> "Update";
                    case DELETE -> "Delete";
                    case HISTORY, EXPORT, DOWNLOAD, ERASE, BATCH, OPERATION -> null;
                };
        boolean one = access.patients().ids().size() == 1 && access.patients().total() == 1;
        return base == null || access.status() >= CLIENT_ERROR ? null : (one ? "Patient" : "") + base;
    }

    private static void types(JsonGenerator out, Access access) {
        out.writeName("type");
        switch (access.action()) {
            case EXPORT, DOWNLOAD -> coding(out, DCM, "110106", "Export");
            case ERASE -> coding(out, DCM, "110110", "Patient Record");
            default ->
                coding(out, "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "Restful Operation");
        }
        out.writeArrayPropertyStart("subtype");
        String code = interaction(access);
        String wider = wider(access.action());
        if (wider != null) {
            coding(out, "http://hl7.org/fhir/restful-interaction", wider, null);
        }
        coding(out, "http://hl7.org/fhir/restful-interaction", code, null);
        out.writeEndArray();
    }

    /** The interaction by which the pattern goes, where there is a finer word for it; null where there is none. */
    private static @Nullable String wider(Access.Action action) {
        return switch (action) {
            case VREAD -> "read";
            case PATCH -> "update";
            case READ, HISTORY, SEARCH, EXPORT, DOWNLOAD, CREATE, UPDATE, DELETE, ERASE, BATCH, OPERATION -> null;
        };
    }

    private static String interaction(Access access) {
        return switch (access.action()) {
            case READ, DOWNLOAD -> "read";
            case VREAD -> "vread";
            case HISTORY ->
                access.id() != null ? "history-instance" : access.type() != null ? "history-type" : "history-system";
            case SEARCH -> "search";
            case CREATE -> "create";
            case UPDATE -> "update";
            case PATCH -> "patch";
            case DELETE -> "delete";
            case BATCH -> "batch";
            case EXPORT, ERASE, OPERATION -> "operation";
        };
    }

    private static String action(Access.Action action) {
        return switch (action) {
            case READ, VREAD, HISTORY, DOWNLOAD -> "R";
            case CREATE -> "C";
            case UPDATE, PATCH -> "U";
            case DELETE, ERASE -> "D";
            case SEARCH, EXPORT, BATCH, OPERATION -> "E";
        };
    }

    private static String outcome(int status) {
        return status < CLIENT_ERROR ? "0" : status < SERVER_ERROR ? "4" : "8";
    }

    /** In BALP the one who sends parameters or data is the source; at a read it is the server; a deletion sends nothing. */
    private void agents(JsonGenerator out, Access access) {
        boolean serverSends =
                switch (access.action()) {
                    case READ, VREAD, HISTORY, EXPORT, DOWNLOAD -> true;
                    case SEARCH, CREATE, UPDATE, PATCH, DELETE, ERASE, BATCH, OPERATION -> false;
                };
        boolean deletes = access.action() == Access.Action.DELETE;
        String server = deletes ? CUSTODIAN : serverSends ? SOURCE_ROLE : DESTINATION_ROLE;
        String client = deletes ? APPLICATION : serverSends ? DESTINATION_ROLE : SOURCE_ROLE;
        out.writeArrayPropertyStart("agent");
        agent(out, server, site.isEmpty() ? "allmende" : site, false, "");
        Access.Who who = access.who();
        boolean machine = who.kind() == Access.Who.Kind.MACHINE;
        agent(out, client, machine ? who.name() : "client", machine, who.address());
        if (!machine) {
            user(out, who);
        }
        out.writeEndArray();
    }

    private static void agent(JsonGenerator out, String role, String name, boolean requestor, String address) {
        out.writeStartObject();
        out.writeObjectPropertyStart("type").writeArrayPropertyStart("coding");
        coding(
                out,
                role.equals(CUSTODIAN) ? "http://terminology.hl7.org/CodeSystem/provenance-participant-type" : DCM,
                role,
                null);
        out.writeEndArray().writeEndObject();
        who(out, name);
        out.writeBooleanProperty("requestor", requestor);
        if (!address.isEmpty()) {
            out.writeObjectPropertyStart("network");
            out.writeStringProperty("address", address);
            out.writeStringProperty("type", "2").writeEndObject();
        }
        out.writeEndObject();
    }

    private static void user(JsonGenerator out, Access.Who who) {
        out.writeStartObject();
        out.writeObjectPropertyStart("type").writeArrayPropertyStart("coding");
        coding(out, "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient");
        out.writeEndArray().writeEndObject();
        if (!who.roles().isEmpty()) {
            out.writeArrayPropertyStart("role");
            for (String role : who.roles()) {
                out.writeStartObject().writeStringProperty("text", role).writeEndObject();
            }
            out.writeEndArray();
        }
        who(out, who.name());
        out.writeBooleanProperty("requestor", true).writeEndObject();
    }

    private static void who(JsonGenerator out, String name) {
        out.writeObjectPropertyStart("who").writeObjectPropertyStart("identifier");
        out.writeStringProperty("value", name).writeEndObject().writeEndObject();
    }

    private void source(JsonGenerator out) {
        out.writeObjectPropertyStart("source").writeObjectPropertyStart("observer");
        out.writeStringProperty("display", site.isEmpty() ? "allmende" : site).writeEndObject();
        out.writeArrayPropertyStart("type");
        coding(out, "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");
        out.writeEndArray().writeEndObject();
    }

    private static void patients(JsonGenerator out, Access.Patients patients) {
        for (String id : patients.ids()) {
            out.writeStartObject();
            entity(out, "Patient/" + id, "1", "1");
            out.writeEndObject();
        }
        if (patients.cut()) {
            out.writeStartObject();
            entity(out, null, "1", "1");
            out.writeArrayPropertyStart("detail");
            detail(out, PATIENTS, Long.toString(patients.total()));
            out.writeEndArray().writeEndObject();
        }
    }

    private static void data(JsonGenerator out, Access access) {
        String id = access.id();
        String type = access.type();
        boolean named = type != null && id != null;
        out.writeStartObject();
        entity(out, named ? type + "/" + id : null, "2", "4");
        out.writeArrayPropertyStart("detail");
        if (type != null) {
            detail(out, "type", type);
        }
        detail(out, "interaction", access.action().name());
        detail(out, "kind", access.who().kind().name());
        if (access.t() > 0) {
            detail(out, "t", Long.toString(access.t()));
        }
        out.writeEndArray().writeEndObject();
    }

    /** The query without its values, which may be a patient's name or diagnosis. */
    private static void query(JsonGenerator out, Access access) {
        boolean asks =
                access.action() == Access.Action.SEARCH || !access.parameters().isEmpty();
        if (!asks) {
            return;
        }
        String text = (access.type() == null ? "" : access.type()) + "?" + String.join("&", access.parameters());
        out.writeStartObject();
        entity(out, null, "2", "24");
        out.writeStringProperty("query", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        out.writeEndObject();
    }

    private static void entity(JsonGenerator out, @Nullable String reference, String type, String role) {
        if (reference != null) {
            out.writeObjectPropertyStart("what");
            out.writeStringProperty("reference", reference).writeEndObject();
        }
        out.writeName("type");
        coding(out, "http://terminology.hl7.org/CodeSystem/audit-entity-type", type, null);
        out.writeName("role");
        coding(out, "http://terminology.hl7.org/CodeSystem/object-role", role, null);
    }

    private static void detail(JsonGenerator out, String type, String value) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
        out.writeStringProperty("valueString", value).writeEndObject();
    }

    private static void coding(JsonGenerator out, String system, String code, @Nullable String display) {
        out.writeStartObject();
        out.writeStringProperty("system", system);
        out.writeStringProperty("code", code);
        if (display != null) {
            out.writeStringProperty("display", display);
        }
        out.writeEndObject();
    }
}
