package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Care;
import allmende.synth.clinic.Care.Intervention;
import allmende.synth.clinic.Care.Setting;
import allmende.synth.clinic.Clinic;
import allmende.synth.clinic.Department;
import allmende.synth.json.GermanTime;
import allmende.synth.life.Contact.Segment;
import allmende.synth.life.Diagnosis.Certainty;
import allmende.synth.life.Diagnosis.Precision;
import allmende.synth.person.Person;
import java.util.ArrayList;
import java.util.List;

/** Fills one patient's contacts: departments, diagnoses, measurements, procedures, drugs and specimens. */
final class Treatment {

    private static final String INTENSIVE = "3600";
    private static final String CHILDREN = "1000";
    private static final int CODED_COMORBIDITIES = 9;
    private static final double SAMPLED = 0.4;

    private final Person person;
    private final History history;
    private final Clinic clinic;
    private final List<ConsentDocument> consents;
    private final Dice dice;
    private final LabValues labValues;
    private final VitalSigns vitalSigns;
    private final Pharmacy pharmacy;

    Treatment(Person person, History history, Clinic clinic, List<ConsentDocument> consents, Dice dice) {
        this.person = person;
        this.history = history;
        this.clinic = clinic;
        this.consents = consents;
        this.dice = dice;
        this.labValues = new LabValues(person, history, clinic.labs().size(), dice.fork());
        this.vitalSigns = new VitalSigns(person, history, dice.fork());
        this.pharmacy = new Pharmacy(history, dice.fork());
    }

    Contact contact(int number, Schedule.Slot slot) {
        List<Segment> segments = segments(slot);
        Segment intensive =
                segments.stream().filter(Segment::intensive).findFirst().orElse(null);
        List<Operation> operations = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        if (intensive != null && dice.chance(slot.care().ventilated())) {
            ventilation(intensive, operations);
        }
        operations(slot, operations, samples);
        bloodSamples(slot, samples);
        return new Contact(
                number,
                slot.care().setting(),
                slot.start(),
                slot.end(),
                dice.chance(slot.care().emergency()),
                slot.died(),
                segments,
                diagnoses(slot),
                measurements(slot),
                vitalSigns.during(slot, intensive),
                operations,
                pharmacy.medications(slot),
                samples);
    }

    private List<Segment> segments(Schedule.Slot slot) {
        String special = slot.care().department();
        boolean child =
                person.age(GermanTime.day(slot.start())) < 16 && slot.care().setting() == Setting.STAY;
        String code = child
                ? CHILDREN
                : special != null ? special : slot.ailment().disease().department();
        Department home = clinic.department(code);
        long known = lastMinute(slot);
        if (known - slot.start() < 2 * GermanTime.DAY
                || !dice.chance(slot.care().intensive())) {
            return List.of(new Segment(home, slot.start(), slot.end(), false));
        }
        Department intensive = clinic.department(INTENSIVE);
        long length = known - slot.start();
        long in = slot.start() + dice.between(120, (int) Math.min(2880, length / 4));
        long out = in + (long) (length * dice.within(0.25, 0.6));
        List<Segment> segments = new ArrayList<>();
        segments.add(new Segment(home, slot.start(), in, false));
        segments.add(new Segment(intensive, in, slot.died() ? slot.end() : out, true));
        if (!slot.died()) {
            segments.add(new Segment(home, out, slot.end(), false));
        }
        return segments;
    }

    private static long lastMinute(Schedule.Slot slot) {
        return slot.end() == Long.MAX_VALUE ? slot.start() + 5 * GermanTime.DAY : slot.end();
    }

    private List<Diagnosis> diagnoses(Schedule.Slot slot) {
        boolean stay = slot.care().setting() == Setting.STAY;
        boolean open = slot.end() == Long.MAX_VALUE;
        long recorded = stay && !open ? slot.end() : slot.start() + 20;
        int day = GermanTime.day(slot.start());
        List<Diagnosis> diagnoses = new ArrayList<>();
        diagnoses.add(
                diagnosis(slot.ailment(), recorded, day, !open && !stay ? Certainty.SUSPECTED : Certainty.CONFIRMED));
        for (String code : slot.care().codes()) {
            Ailment ailment = slot.ailment();
            boolean over = !ailment.disease().chronic() && !open;
            diagnoses.add(new Diagnosis(
                    code, ailment.disease().name(), "", recorded, day, Precision.DAY, Certainty.CONFIRMED, over));
        }
        double coded = stay ? 0.85 : 0.12;
        for (Ailment ailment : history.chronic(day)) {
            if (!ailment.equals(slot.ailment()) && diagnoses.size() <= CODED_COMORBIDITIES && dice.chance(coded)) {
                diagnoses.add(diagnosis(ailment, recorded, day, Certainty.CONFIRMED));
            }
        }
        return diagnoses;
    }

    private Diagnosis diagnosis(Ailment ailment, long recorded, int day, Certainty atMost) {
        boolean kidneys = ailment.is("kidney-disease");
        String icd = kidneys
                ? Kidneys.stage(history.kidneys().filtration(day))
                : ailment.code().icd();
        boolean chronic = ailment.disease().chronic();
        // Only one in twenty outpatient diagnoses is still a suspicion.
        Certainty certainty = dice.chance(0.05) ? atMost : Certainty.CONFIRMED;
        Precision precision = Precision.DAY;
        if (chronic) {
            precision = dice.chance(0.4) ? Precision.YEAR : dice.chance(0.4) ? Precision.MONTH : Precision.DAY;
        }
        int onset = Math.min(ailment.onset(), day);
        return new Diagnosis(
                icd, ailment.disease().name(), ailment.side(), recorded, onset, precision, certainty, !chronic);
    }

    private List<Measurement> measurements(Schedule.Slot slot) {
        Care care = slot.care();
        List<Measurement> values = new ArrayList<>();
        if (!care.labs().isEmpty()) {
            long first = slot.start() + dice.between(10, 50);
            values.addAll(labValues.round(care.labs(), first, slot.ailment(), slot.start()));
        }
        if (!care.monitoring().isEmpty()) {
            int day = GermanTime.day(slot.start()) + care.every();
            for (; GermanTime.at(day, 420) < lastMinute(slot); day += care.every()) {
                long minute = GermanTime.at(day, dice.between(330, 410));
                values.addAll(labValues.round(care.monitoring(), minute, slot.ailment(), slot.start()));
            }
        }
        return values;
    }

    private void operations(Schedule.Slot slot, List<Operation> operations, List<Sample> samples) {
        long room = lastMinute(slot) - slot.start();
        for (Intervention intervention : slot.care().procedures()) {
            if (!dice.chance(intervention.share())) {
                continue;
            }
            boolean surgery = intervention.ops().startsWith("5-");
            int longest = slot.care().setting() == Setting.STAY ? (int) Math.min(room / 2, 3 * GermanTime.DAY) : 30;
            long start = slot.start() + dice.between(10, Math.max(11, longest));
            long end = Math.min(start + (surgery ? dice.between(40, 240) : dice.between(10, 60)), lastMinute(slot));
            String side = slot.ailment().side();
            operations.add(new Operation(intervention.ops(), intervention.sided() ? side : "", start, end));
            String topography = intervention.tissue();
            if (topography != null && biosamplesAllowed(GermanTime.day(start)) && dice.chance(0.7)) {
                samples.add(new Sample(Sample.Kind.TISSUE, start, topography));
            }
        }
    }

    private void ventilation(Segment intensive, List<Operation> operations) {
        long end = intensive.end() == Long.MAX_VALUE ? intensive.start() + 4 * GermanTime.DAY : intensive.end();
        long start = intensive.start() + dice.between(5, 60);
        long stop = Math.max(start + 60, end - (long) ((end - start) * dice.within(0.05, 0.4)));
        operations.add(new Operation("8-701", "", start, start + 10));
        operations.add(new Operation("", "", start + 10, Math.min(stop, end)));
        long days = (stop - start) / GermanTime.DAY;
        if (days >= 2) {
            operations.add(new Operation(days >= 4 ? "8-718.71" : "8-718.70", "", start, Math.min(stop, end)));
        }
        operations.add(new Operation(days >= 2 ? "8-98f.10" : "8-98f.0", "", intensive.start(), end));
    }

    private void bloodSamples(Schedule.Slot slot, List<Sample> samples) {
        boolean taken = slot.care().setting() == Setting.STAY && dice.chance(SAMPLED);
        if (taken && biosamplesAllowed(GermanTime.day(slot.start()))) {
            long minute = slot.start() + dice.between(20, 60);
            samples.add(new Sample(Sample.Kind.SERUM, minute, null));
            samples.add(new Sample(dice.chance(0.5) ? Sample.Kind.PLASMA : Sample.Kind.BLOOD, minute, null));
        }
    }

    /** Whether specimens may be taken on that day: a consent to it was given less than five years ago and stands. */
    private boolean biosamplesAllowed(int day) {
        boolean allowed = false;
        for (ConsentDocument document : consents) {
            if (document.day() <= day) {
                allowed = document.biosamples() && day - document.day() < Consents.COLLECTING_DAYS;
            }
        }
        return allowed;
    }
}
