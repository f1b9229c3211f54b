package allmende.bench;

import allmende.engine.search.SearchRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * A search that is measured at several sizes.
 *
 * @param name of its figures
 * @param title as people read it
 * @param growing whether its hits grow with the data
 * @param type searched in
 * @param criteria {@code name=value}, joined by {@code &}; {@code SIZE} stands for the size of the data
 */
record ScaleQuery(String name, String title, boolean growing, String type, String criteria) {

    private static final String RARE = "code=" + ScaleFeed.SYSTEM + "|rare-value-SIZE";
    private static final String FREQUENT = "code=" + ScaleFeed.SYSTEM + "|" + ScaleFeed.FREQUENT_LABORATORY;
    private static final String VALUE = "&value-quantity=gt12|http://unitsofmeasure.org|g/dL";
    private static final String COUNT = "&_summary=count";
    private static final String PAGE = "&_sort=-date&_count=20&_total=none";

    /** All, in the order in which they are shown. */
    static final List<ScaleQuery> ALL = List.of(
            same("code", "Observation", RARE + COUNT),
            same("code and value", "Observation", RARE + VALUE + COUNT),
            same("page by date", "Observation", RARE + PAGE),
            same("chained", "Condition", "subject:Patient.family=Rare-SIZE" + COUNT),
            same("_has", "Patient", has("rare-diagnosis-SIZE") + COUNT),
            same("_id", "Patient", "_id=p17" + COUNT),
            growing("code", "Observation", FREQUENT + COUNT),
            growing("code and value", "Observation", FREQUENT + VALUE + COUNT),
            growing("page by date", "Observation", FREQUENT + PAGE),
            growing("chained", "Observation", FREQUENT + "&subject:Patient.gender=female" + COUNT),
            growing("_has", "Patient", has(ScaleFeed.FREQUENT_DIAGNOSIS) + COUNT));

    /** The request over data of this size. */
    SearchRequest request(long size) {
        List<SearchRequest.Parameter> parameters = new ArrayList<>();
        for (String pair : criteria.replace("SIZE", Long.toString(size)).split("&")) {
            int equals = pair.indexOf('=');
            parameters.add(new SearchRequest.Parameter(pair.substring(0, equals), pair.substring(equals + 1)));
        }
        return SearchRequest.of(type, parameters);
    }

    private static ScaleQuery same(String title, String type, String criteria) {
        return new ScaleQuery("same." + title.replace(' ', '-'), title, false, type, criteria);
    }

    private static ScaleQuery growing(String title, String type, String criteria) {
        return new ScaleQuery("growing." + title.replace(' ', '-'), title, true, type, criteria);
    }

    private static String has(String code) {
        return "_has:Condition:patient:code=" + ScaleFeed.SYSTEM + "|" + code;
    }
}
