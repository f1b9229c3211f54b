package allmende.app.fhirapi;

/** Resources in XML, for those who ask. Where there is no such bean, XML is refused. */
public interface XmlForm {

    /**
     * The same resource in XML, UTF-8.
     *
     * @throws FhirProblem if the resource can't be told in XML
     */
    byte[] toXml(byte[] json);

    /**
     * The same resource in JSON, UTF-8.
     *
     * @throws FhirProblem 400 if it is no FHIR XML
     */
    byte[] toJson(byte[] xml);
}
