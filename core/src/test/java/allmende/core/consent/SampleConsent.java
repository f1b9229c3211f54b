package allmende.core.consent;

import allmende.core.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Consent as tests write it; dates as in FHIR, null for none.
 *
 * @param form code of the result type; null for none
 * @param type type of the outer provision
 */
record SampleConsent(
        String id,
        String status,
        @Nullable String signed,
        @Nullable String form,
        String type,
        @Nullable Period period,
        List<Provision> provisions) {

    /** A period; null for an open bound. */
    record Period(@Nullable String start, @Nullable String end) {}

    /** A nested provision; a code without dots is the last part of a policy's code. */
    record Provision(
            String type, List<String> codes, @Nullable Period period) {}

    /** As the resource. */
    JsonNode json() {
        ObjectNode consent = FhirJson.mapper().createObjectNode();
        consent.put("resourceType", "Consent").put("id", id).put("status", status);
        consent.putObject("meta")
                .putArray("profile")
                .add("https://www.medizininformatik-initiative.de/fhir/modul-consent/StructureDefinition/"
                        + "mii-pr-consent-einwilligung");
        if (form != null) {
            consent.putArray("category")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://fhir.de/ConsentManagement/CodeSystem/ResultType")
                    .put("code", form);
        }
        consent.putObject("patient").put("reference", "Patient/p");
        if (signed != null) {
            consent.put("dateTime", signed);
        }
        ObjectNode root = consent.putObject("provision").put("type", type);
        put(root, period);
        if ("policy".equals(form) && provisions.size() == 1) {
            Provision only = provisions.getFirst();
            root.put("type", only.type());
            put(root, only.period());
            codes(root, only.codes());
            return consent;
        }
        if (!provisions.isEmpty()) {
            var nested = root.putArray("provision");
            for (Provision provision : provisions) {
                ObjectNode one = nested.addObject().put("type", provision.type());
                put(one, provision.period());
                codes(one, provision.codes());
            }
        }
        return consent;
    }

    private static void put(ObjectNode provision, @Nullable Period period) {
        if (period != null) {
            ObjectNode node = provision.putObject("period");
            if (period.start() != null) {
                node.put("start", period.start());
            }
            if (period.end() != null) {
                node.put("end", period.end());
            }
        }
    }

    private static void codes(ObjectNode provision, List<String> codes) {
        if (codes.isEmpty()) {
            return;
        }
        var array = provision.putArray("code");
        for (String code : codes) {
            ObjectNode coding = array.addObject().putArray("coding").addObject();
            coding.put("system", Policy.SYSTEM);
            coding.put("code", code.contains(".") ? code : Policy.code(Integer.parseInt(code)));
        }
    }

    SampleConsent with(String otherId, String otherStatus) {
        return new SampleConsent(otherId, otherStatus, signed, form, type, period, provisions);
    }

    static List<JsonNode> json(List<SampleConsent> consents) {
        List<JsonNode> nodes = new ArrayList<>();
        consents.forEach(consent -> nodes.add(consent.json()));
        return nodes;
    }
}
