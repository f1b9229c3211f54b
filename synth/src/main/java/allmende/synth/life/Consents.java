package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.json.GermanTime;
import allmende.synth.life.ConsentDocument.Kind;
import allmende.synth.life.ConsentDocument.Module;
import allmende.synth.life.ConsentDocument.Version;
import java.util.ArrayList;
import java.util.List;

/** Draws what patients say to the broad consent: seven in ten agree, a few refuse, some change their mind. */
final class Consents {

    /** Days for which medical data may be collected: five years. */
    static final int COLLECTING_DAYS = 1826;

    private static final double ASKED = 0.8;
    private static final double AGREES = 0.88;
    private static final double WITHDRAWS = 0.035;
    private static final double WITHDRAWS_PARTLY = 0.03;
    private static final double RENEWS = 0.45;

    private Consents() {}

    /**
     * Draws the documents.
     *
     * @param asked day on which the patient is asked
     * @param lastDay day of death or end of observation
     * @param dice the patient's chance
     */
    static List<ConsentDocument> draw(int asked, int lastDay, Dice dice) {
        List<ConsentDocument> documents = new ArrayList<>();
        if (!dice.chance(ASKED)) {
            return documents;
        }
        Version version = version(asked);
        if (!dice.chance(AGREES)) {
            // Form 1.6f has no text of its own for a refusal.
            Version refused = version == Version.V1_6F ? Version.V1_6D : version;
            documents.add(new ConsentDocument(Kind.REFUSAL, refused, asked, List.of(Module.values()), false));
            return documents;
        }
        List<Module> modules = modules(dice);
        int next = asked + dice.between(30, 1500);
        if (dice.chance(WITHDRAWS) && next <= lastDay) {
            documents.add(new ConsentDocument(Kind.CONSENT, version, asked, modules, true));
            documents.add(new ConsentDocument(Kind.WITHDRAWAL, version, next, modules, false));
        } else if (dice.chance(WITHDRAWS_PARTLY) && next <= lastDay && modules.contains(Module.BIOSAMPLES)) {
            documents.add(new ConsentDocument(Kind.CONSENT, version, asked, modules, false));
            List<Module> back =
                    modules.stream().filter(m -> m.name().startsWith("BIO")).toList();
            documents.add(new ConsentDocument(Kind.PARTIAL_WITHDRAWAL, version, next, back, false));
        } else {
            agreed(documents, asked, lastDay, modules, dice);
        }
        return documents;
    }

    /** A consent that stands; after five years collecting ends, unless the patient is asked and agrees again. */
    private static void agreed(
            List<ConsentDocument> documents, int asked, int lastDay, List<Module> modules, Dice dice) {
        int again = asked + COLLECTING_DAYS + dice.between(-60, 120);
        boolean renewed = again <= lastDay && dice.chance(RENEWS);
        documents.add(new ConsentDocument(Kind.CONSENT, version(asked), asked, modules, renewed));
        if (renewed) {
            documents.add(new ConsentDocument(Kind.CONSENT, version(again), again, modules(dice), false));
        }
    }

    private static Version version(int day) {
        int year = GermanTime.year(day);
        return year < 2021 ? Version.V1_6D : year < 2023 ? Version.V1_6F : Version.V1_7_2;
    }

    private static List<Module> modules(Dice dice) {
        List<Module> modules = new ArrayList<>();
        modules.add(Module.PATIENT_DATA);
        add(modules, dice.chance(0.9), Module.PATIENT_DATA_RETROSPECTIVE);
        add(modules, dice.chance(0.35), Module.PATIENT_DATA_OUTSIDE_EU);
        add(modules, dice.chance(0.7), Module.INSURANCE_RETROSPECTIVE);
        add(modules, dice.chance(0.68), Module.INSURANCE_PROSPECTIVE);
        boolean biosamples = dice.chance(0.87);
        add(modules, biosamples, Module.BIOSAMPLES);
        add(modules, biosamples && dice.chance(0.75), Module.BIOSAMPLES_ADDITIONAL);
        add(modules, biosamples && dice.chance(0.85), Module.BIOSAMPLES_RETROSPECTIVE);
        add(modules, biosamples && dice.chance(0.35), Module.BIOSAMPLES_OUTSIDE_EU);
        add(modules, dice.chance(0.8), Module.RECONTACT);
        add(modules, dice.chance(0.75), Module.RECONTACT_FINDINGS);
        return List.copyOf(modules);
    }

    private static void add(List<Module> modules, boolean agreed, Module module) {
        if (agreed) {
            modules.add(module);
        }
    }
}
