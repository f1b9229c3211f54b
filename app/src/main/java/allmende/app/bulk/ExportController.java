package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.engine.load.ResourceNames;
import allmende.engine.search.Search;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.BulkRead.Stretch;
import allmende.engine.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Begins exports of resources (FHIR Bulk Data Access, "Kick-off Request"). */
@RestController
class ExportController {

    private static final Set<String> PARAMETERS =
            Set.of("_outputFormat", "_since", "_type", "_typeFilter", "patient", "_format");
    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

    private final KickOff kickOff;
    private final ObjectProvider<Search> search;

    ExportController(KickOff kickOff, ObjectProvider<Search> search) {
        this.kickOff = kickOff;
        this.search = search;
    }

    @RequestMapping(
            path = "/fhir/$export",
            method = {RequestMethod.GET, RequestMethod.POST})
    void system(HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response, false, null);
    }

    @RequestMapping(
            path = "/fhir/Patient/$export",
            method = {RequestMethod.GET, RequestMethod.POST})
    void patients(HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response, true, null);
    }

    @RequestMapping(
            path = "/fhir/Group/{id}/$export",
            method = {RequestMethod.GET, RequestMethod.POST})
    void group(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response, true, id);
    }

    private void begin(
            HttpServletRequest request, HttpServletResponse response, boolean ofPatients, @Nullable String group)
            throws IOException {
        kickOff.require(request);
        Asked asked = kickOff.asked(request, PARAMETERS);
        String format = asked.text("_outputFormat");
        if (format != null && !FORMATS.contains(format.replace(' ', '+'))) {
            throw FhirProblem.of(400, "not-supported", "Files are application/fhir+ndjson.", "_outputFormat");
        }
        if (!ofPatients && !asked.all("patient").isEmpty()) {
            throw FhirProblem.notSupported("Patients are named to Patient/$export or Group/[id]/$export.", "patient");
        }
        Store store = kickOff.store();
        Selection selection = kickOff.selection(asked, ofPatients, whose(store, asked, group));
        kickOff.begin(request, response, asked, selection, parts(store, asked));
    }

    private static @Nullable Set<Integer> whose(Store store, Asked asked, @Nullable String group) {
        Patients patients = new Patients(store);
        Set<Integer> named = patients.of(asked.references("patient"), List.of());
        if (group == null) {
            return named;
        }
        Set<Integer> members = patients.ofGroup(group);
        if (named != null) {
            members.retainAll(named);
        }
        return members;
    }

    private List<Job.Part> parts(Store store, Asked asked) {
        Map<String, List<String>> filters = filters(asked);
        List<Job.Part> parts = new ArrayList<>();
        for (String type : types(store, asked)) {
            List<String> queries = filters.get(type);
            if (queries != null) {
                parts.add(new Job.Part.Filtered(type, queries));
                continue;
            }
            for (Stretch stretch : store.bulk().stretches(type, kickOff.limits().fileResources())) {
                parts.add(new Job.Part.Resources(stretch));
            }
        }
        return parts;
    }

    private Set<String> types(Store store, Asked asked) {
        Set<String> wanted = asked.list("_type");
        for (String type : wanted) {
            if (!ResourceNames.isType(type)) {
                throw FhirProblem.of(400, "value", "_type names resource types of FHIR R4.", "_type");
            }
            kickOff.requireType(type);
        }
        Set<String> there = new TreeSet<>(store.countsByType().keySet());
        there.removeIf(type -> wanted.isEmpty() ? !kickOff.mayRead(type) : !wanted.contains(type));
        return there;
    }

    private Map<String, List<String>> filters(Asked asked) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (var value : asked.all("_typeFilter")) {
            String filter = value.asString("");
            int mark = filter.indexOf('?');
            String type = mark < 0 ? "" : filter.substring(0, mark);
            if (!ResourceNames.isType(type)) {
                throw FhirProblem.of(400, "value", "_typeFilter is a search like Observation?code=x.", "_typeFilter");
            }
            Search there = search.getIfAvailable();
            if (there == null) {
                throw FhirProblem.notSupported("_typeFilter is not carried out here.", "_typeFilter");
            }
            kickOff.requireType(type);
            FilteredReading.check(there, type, filter.substring(mark + 1));
            filters.computeIfAbsent(type, first -> new ArrayList<>()).add(filter.substring(mark + 1));
        }
        return filters;
    }
}
