package allmende.app.projects;

import allmende.core.deident.risk.KdsRisk;
import allmende.core.deident.risk.RiskCounter;
import allmende.core.deident.risk.RiskRow;
import allmende.core.deident.risk.Suppression;
import allmende.core.deident.risk.Thresholds;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extracted;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A first pass that writes nothing: who would look like whom after de-identification. The second pass is then for those who do
 * not stand out, so that what only the others refer to stays as well.
 */
final class Screening implements Deidentification, ExtractSink {

    /** Code of the stage that leaves out who stands out. */
    static final String STAGE = "suppression";

    private final Deidentification rules;
    private final RiskCounter risk = new RiskCounter(KdsRisk.DEMOGRAPHIC.columns());
    private final Map<String, RiskRow> rows = new TreeMap<>();
    private final Map<RiskRow, RiskRow> different = new HashMap<>();

    Screening(Deidentification rules) {
        this.rules = rules;
    }

    /**
     * Who stays and who goes, by id.
     *
     * @param k least number of patients who look alike
     */
    record Parted(int k, List<String> staying, List<String> going) {

        /** The code of the rule that leaves patients out. */
        String rule() {
            return "group-below-" + k;
        }
    }

    @Override
    public List<ObjectNode> apply(@Nullable String patient, List<ObjectNode> resources) {
        List<ObjectNode> left = rules.apply(patient, resources);
        List<ObjectNode> there = left.stream().filter(one -> !one.isEmpty()).toList();
        if (patient != null && !there.isEmpty()) {
            count(patient, KdsRisk.DEMOGRAPHIC.row(there));
        }
        return left;
    }

    private synchronized void count(String patient, RiskRow row) {
        risk.add(row);
        // people who look alike share one row: there are few different ones
        rows.put(patient, different.computeIfAbsent(row, each -> each));
    }

    /** Parts the patients, so that each who stays looks like so many, themselves included. */
    synchronized Parted part(int k) {
        Suppression suppression = risk.suppression(new Thresholds(k, 1));
        List<String> staying = new ArrayList<>();
        List<String> going = new ArrayList<>();
        rows.forEach((patient, row) -> (suppression.keeps(row) ? staying : going).add(patient));
        return new Parted(k, staying, going);
    }

    @Override
    public BatchSink batch(int number) {
        return new BatchSink() {
            @Override
            public void shared(List<Extracted> resources) {
                // this pass only looks
            }

            @Override
            public void patient(String patient, List<Extracted> resources) {
                // looked at when they were de-identified
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
