package allmende.app.server;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.XmlForm;

/** XML at the FHIR door by HAPI, which is loaded with the first request that asks for it. */
final class HapiXml implements XmlForm {

    private final allmende.hapi.XmlForm form = new allmende.hapi.XmlForm();

    @Override
    public byte[] toXml(byte[] json) {
        try {
            return form.toXml(json);
        } catch (allmende.hapi.XmlForm.Unreadable unreadable) {
            throw FhirProblem.of(
                    406,
                    "not-supported",
                    "This resource can't be told in XML, since it is not FHIR R4 in every part. Ask for JSON.");
        }
    }

    @Override
    public byte[] toJson(byte[] xml) {
        try {
            return form.toJson(xml);
        } catch (allmende.hapi.XmlForm.Unreadable unreadable) {
            throw FhirProblem.invalid("The body is no resource of FHIR R4 in XML.");
        }
    }
}
