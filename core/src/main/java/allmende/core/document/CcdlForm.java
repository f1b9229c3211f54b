package allmende.core.document;

import allmende.core.document.Remark.Kind;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is worth knowing about a document: what it says that its format does not know, and what is of old. */
final class CcdlForm {

    /** The version of CCDL 2.0.0, and that of the newest CRTDL is {@code 1}. */
    static final String NEWEST = "2";

    static final String NEWEST_DATA = "1";

    /** The spelling that Structured Query 2 has in its schema. */
    static final String MISSPELT_COMPARATOR = "quantity-comperator";

    static final String COMPARATOR = "quantity-comparator";

    private CcdlForm() {}

    static List<Remark> remarks(ObjectNode root) {
        return remarks(Form.COHORT, root);
    }

    static List<Remark> remarks(Form form, ObjectNode root) {
        List<Remark> remarks = new ArrayList<>();
        form.walk(root, "", met -> {
            unknown(met, remarks);
            specific(met, remarks);
        });
        return remarks;
    }

    private static void unknown(Form.Met met, List<Remark> remarks) {
        Set<String> known = met.form().members().keySet();
        for (String name : met.node().propertyNames()) {
            if (!known.contains(name)) {
                remarks.add(new Remark(Kind.UNKNOWN_MEMBER, Members.pointer(met.pointer(), name), name));
            }
        }
    }

    private static void specific(Form.Met met, List<Remark> remarks) {
        switch (met.form()) {
            case COHORT -> {
                version(met, NEWEST, remarks);
                flatGroups(met, remarks);
            }
            case DATA -> version(met, NEWEST_DATA, remarks);
            case CRITERION -> criterion(met, remarks);
            case CODING -> coding(met, remarks);
            case FILTER, ATTRIBUTE -> type(met, remarks);
            case GROUP -> {
                missing(met, "id", remarks);
                missing(met, "name", remarks);
            }
            case VALUE, UNIT, TIME, WITHIN, EXTENSION, TOKEN, FIELD, EXTRACTION -> {}
        }
    }

    private static void version(Form.Met met, String newest, List<Remark> remarks) {
        JsonNode version = met.node().path("version");
        String pointer = met.pointer() + "/version";
        if (version.isMissingNode() || version.isNull()) {
            remarks.add(new Remark(Kind.NO_VERSION, pointer, newest));
        } else if (!version.asString("").equals(newest)) {
            remarks.add(new Remark(Kind.OLD_VERSION, pointer, version.asString("")));
        }
    }

    private static void flatGroups(Form.Met met, List<Remark> remarks) {
        for (Side side : Side.values()) {
            JsonNode list = met.node().path(side.property());
            for (int index = 0; index < list.size(); index++) {
                if (list.isArray() && list.get(index).isObject()) {
                    String pointer = met.pointer() + "/" + side.property() + "/" + index;
                    remarks.add(new Remark(Kind.NOT_A_LIST, pointer, side.property()));
                }
            }
        }
    }

    private static void criterion(Form.Met met, List<Remark> remarks) {
        missing(met, "context", remarks);
        if (met.node().has("termCode")) {
            remarks.add(new Remark(Kind.OLD_NAME, met.pointer() + "/termCode", "termCode"));
        }
        if (met.node().has(Form.EXTENSION_MEMBER)) {
            String pointer = met.pointer() + "/" + Form.EXTENSION_MEMBER;
            remarks.add(new Remark(Kind.EXTENSION, pointer, Form.EXTENSION_MEMBER));
        }
    }

    private static void coding(Form.Met met, List<Remark> remarks) {
        missing(met, "display", remarks);
        String system = met.node().path("system").asString("");
        if (!Terminology.canonical(system).equals(system)) {
            remarks.add(new Remark(Kind.OLD_NAME, met.pointer() + "/system", system));
        }
    }

    private static void type(Form.Met met, List<Remark> remarks) {
        if (met.node().path("type").asString("").equals(MISSPELT_COMPARATOR)) {
            remarks.add(new Remark(Kind.OLD_NAME, met.pointer() + "/type", MISSPELT_COMPARATOR));
        }
    }

    private static void missing(Form.Met met, String name, List<Remark> remarks) {
        if (!met.node().has(name)) {
            remarks.add(new Remark(Kind.MISSING_MEMBER, Members.pointer(met.pointer(), name), name));
        }
    }
}
