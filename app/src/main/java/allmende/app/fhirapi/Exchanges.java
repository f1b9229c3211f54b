package allmende.app.fhirapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;

/** Begins exchanges: what every FHIR door starts with. */
public final class Exchanges {

    private final ObjectProvider<XmlForm> xml;

    Exchanges(ObjectProvider<XmlForm> xml) {
        this.xml = xml;
    }

    /**
     * Negotiates.
     *
     * @throws FhirProblem 406 if the caller accepts no form that is made here
     */
    public Exchange begin(HttpServletRequest request, HttpServletResponse response) {
        return new Exchange(request, response, xml.getIfAvailable());
    }
}
