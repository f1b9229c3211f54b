package allmende.synth.clinic;

import allmende.synth.clinic.Care.Intervention;
import allmende.synth.clinic.Care.Range;
import allmende.synth.clinic.Care.Timing;
import allmende.synth.clinic.Disease.Code;
import allmende.synth.clinic.Disease.Therapy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the tables of the clinic; a name that leads nowhere or a field that nobody knows ends the reading. */
final class ClinicReader {

    /** Files of diseases in the order of reading: a disease may be raised by those before it. */
    private static final List<String> FILES = List.of(
            "metabolism",
            "heart",
            "kidney",
            "lung",
            "cancer",
            "brain-and-mind",
            "infection",
            "injury",
            "abdomen",
            "birth",
            "minor");

    private final JsonMapper mapper =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    private final Map<String, LabTest> labs = new LinkedHashMap<>();
    private final Map<String, List<LabTest>> panels = new HashMap<>();
    private final Map<String, Drug> drugs = new LinkedHashMap<>();

    Clinic read() {
        readLabs(file("labs"));
        for (JsonNode node : list(file("drugs"), "drugs")) {
            Drug drug = drug(new Fields("drugs", node));
            drugs.put(drug.id(), drug);
        }
        Map<String, Department> departments = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : file("departments").properties()) {
            departments.put(
                    entry.getKey(),
                    new Department(entry.getKey(), entry.getValue().asString()));
        }
        List<Disease> diseases = new ArrayList<>();
        for (String name : FILES) {
            for (JsonNode node : list(file("diseases/" + name), "diseases")) {
                Fields fields = new Fields(name + "/" + node.path("id").asString(""), node);
                diseases.add(disease(fields));
                fields.done();
            }
        }
        return new Clinic(labs, drugs, departments, List.copyOf(diseases));
    }

    private void readLabs(JsonNode file) {
        for (JsonNode node : list(file, "labs")) {
            Fields fields = new Fields("labs", node);
            LabTest lab = lab(fields, labs.size());
            fields.done();
            labs.put(lab.id(), lab);
        }
        for (Map.Entry<String, JsonNode> panel : file.get("panels").properties()) {
            panels.put(
                    panel.getKey(),
                    panel.getValue().valueStream().map(n -> lab(n.asString())).toList());
        }
    }

    private static LabTest lab(Fields fields, int number) {
        double[] both = fields.pair("normal", 1, 0);
        double[] female = fields.pair("female", both[0], both[1]);
        double[] male = fields.pair("male", both[0], both[1]);
        JsonNode range = fields.optional("range");
        JsonNode rangeFemale = fields.has("rangeFemale") ? fields.optional("rangeFemale") : range;
        JsonNode rangeMale = fields.has("rangeMale") ? fields.optional("rangeMale") : range;
        List<LabTest.Report> si = fields.objects("si", ClinicReader::report);
        return new LabTest(
                number,
                fields.text("id"),
                report(fields),
                si.isEmpty() ? null : si.getFirst(),
                new LabTest.Normal(female[0], female[1], bound(rangeFemale, 0), bound(rangeFemale, 1)),
                new LabTest.Normal(male[0], male[1], bound(rangeMale, 0), bound(rangeMale, 1)));
    }

    private static LabTest.Report report(Fields fields) {
        return new LabTest.Report(
                fields.text("loinc"),
                fields.text("display"),
                fields.text("unit"),
                fields.whole("decimals", 0),
                fields.number("factor", 1));
    }

    private static @Nullable Double bound(@Nullable JsonNode range, int index) {
        return range == null || range.get(index).isNull()
                ? null
                : range.get(index).asDouble();
    }

    private static Drug drug(Fields fields) {
        Drug drug = new Drug(
                fields.text("id"),
                fields.text("atc"),
                fields.text("name"),
                fields.text("cas"),
                fields.number("strength", 1),
                fields.text("unit"),
                Drug.Form.valueOf(fields.text("form").toUpperCase(Locale.ROOT)),
                fields.number("dose", 1),
                fields.whole("perDay", 1));
        fields.done();
        return drug;
    }

    private Disease disease(Fields fields) {
        Map<String, Double> raisedBy = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : fields.entries("raisedBy")) {
            raisedBy.put(entry.getKey(), entry.getValue().asDouble());
        }
        String course = fields.text("course");
        return new Disease(
                fields.text("id"),
                fields.text("name"),
                Disease.Course.valueOf(course.toUpperCase(Locale.ROOT)),
                fields.text("department"),
                curve(fields, "female"),
                curve(fields, "male"),
                Map.copyOf(raisedBy),
                fields.objects("codes", f -> new Code(f.text("icd"), f.number("weight", 1), f.flag("sided"))),
                fields.objects("labs", this::effect),
                fields.objects("drugs", this::therapy),
                fields.objects("care", this::care),
                fields.number("mortality", 0),
                fields.textOrNull("cause"));
    }

    private static AgeCurve curve(Fields fields, String sex) {
        TreeMap<Integer, Double> points = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : fields.entries(fields.has("risk") ? "risk" : sex)) {
            points.put(Integer.valueOf(entry.getKey()), entry.getValue().asDouble());
        }
        return points.isEmpty() ? AgeCurve.NOTHING : new AgeCurve(points);
    }

    private LabEffect effect(Fields fields) {
        LabTest lab = lab(fields.text("lab"));
        for (LabEffect.Mode mode : LabEffect.Mode.values()) {
            String name = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (fields.has(name)) {
                double[] range = fields.pair(name, 0, 0);
                return new LabEffect(lab, mode, range[0], range[1], fields.number("decay", 0.3));
            }
        }
        throw new IllegalStateException("An effect on " + lab.id() + " says nothing");
    }

    private Therapy therapy(Fields fields) {
        List<Drug> any = fields.texts("any").stream().map(this::drug).toList();
        return new Therapy(any, fields.number("share", 1), fields.flag("stay"), fields.whole("days", 7));
    }

    private Care care(Fields fields) {
        return new Care(
                Care.Setting.valueOf(
                        fields.text("setting").toUpperCase(Locale.ROOT).replace('-', '_')),
                timing(fields),
                fields.number("share", 1),
                range(fields, "days", 1),
                fields.textOrNull("department"),
                fields.number("emergency", 0.2),
                fields.number("intensive", 0),
                fields.number("ventilated", 0),
                tests(fields, "labs"),
                tests(fields, "monitoring"),
                fields.whole("every", 2),
                fields.objects("procedures", ClinicReader::intervention),
                fields.texts("codes"));
    }

    private static Timing timing(Fields fields) {
        if (fields.has("perYear")) {
            return new Timing.Yearly(fields.number("perYear", 0));
        }
        return new Timing.Planned(range(fields, "after", 0), range(fields, "count", 1), fields.whole("interval", 1));
    }

    private static Range range(Fields fields, String name, int otherwise) {
        double[] pair = fields.pair(name, otherwise, otherwise);
        return new Range((int) pair[0], (int) pair[1]);
    }

    private static Intervention intervention(Fields fields) {
        return new Intervention(
                fields.text("ops"), fields.number("share", 1), fields.flag("sided"), fields.textOrNull("tissue"));
    }

    private List<LabTest> tests(Fields fields, String name) {
        List<LabTest> tests = new ArrayList<>();
        for (String test : fields.texts(name)) {
            for (LabTest lab : panels.containsKey(test) ? panels.get(test) : List.of(lab(test))) {
                if (!tests.contains(lab)) {
                    tests.add(lab);
                }
            }
        }
        return List.copyOf(tests);
    }

    private LabTest lab(String id) {
        LabTest lab = labs.get(id);
        if (lab == null) {
            throw new IllegalStateException("There is no laboratory test or panel " + id);
        }
        return lab;
    }

    private Drug drug(String id) {
        Drug drug = drugs.get(id);
        if (drug == null) {
            throw new IllegalStateException("There is no drug " + id);
        }
        return drug;
    }

    private static List<JsonNode> list(JsonNode file, String name) {
        return file.get(name).valueStream().toList();
    }

    private JsonNode file(String name) {
        try (InputStream stream = ClinicReader.class.getResourceAsStream("/allmende/synth/" + name + ".json")) {
            if (stream == null) {
                throw new IllegalStateException("The table " + name + " is missing from the program");
            }
            return mapper.readTree(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
