package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Clinic;
import allmende.synth.json.GermanTime;
import allmende.synth.person.Person;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what happens to a person: draws the history, plans the contacts, fills them. Safe for use by several threads. */
public final class LifeSimulator {

    /** Cause of death where none is known: other ill-defined and unspecified causes. */
    private static final String UNKNOWN_CAUSE = "R99";

    private final Clinic clinic;
    private final int endOfObservation;

    /**
     * A simulator.
     *
     * @param clinic what the hospital knows
     * @param endOfObservation the last day of which there are records, in days since 1970-01-01
     */
    public LifeSimulator(Clinic clinic, int endOfObservation) {
        this.clinic = clinic;
        this.endOfObservation = endOfObservation;
    }

    /** The course of that person, as the dice fall. */
    public Course course(Person person, Dice dice) {
        History history = History.draw(person, clinic, endOfObservation, dice.fork());
        List<Schedule.Slot> slots = Schedule.of(history, clinic, dice.fork());
        int asked = slots.isEmpty()
                ? history.entry()
                : GermanTime.day(slots.getFirst().start());
        List<ConsentDocument> consents = Consents.draw(asked, history.lastDay(), dice.fork());
        Treatment treatment = new Treatment(person, history, clinic, consents, dice.fork());
        List<Contact> contacts = new ArrayList<>(slots.size());
        for (Schedule.Slot slot : slots) {
            contacts.add(treatment.contact(contacts.size() + 1, slot));
        }
        return new Course(person, history.lastDay(), death(history, contacts, dice), contacts, consents);
    }

    private static Course.@Nullable Death death(History history, List<Contact> contacts, Dice dice) {
        if (!history.dead()) {
            return null;
        }
        Ailment killer = history.killer();
        String cause = killer == null ? null : killer.disease().cause();
        Contact last = contacts.isEmpty() ? null : contacts.getLast();
        if (last != null && !last.died()) {
            last = null;
        }
        long minute = last != null ? last.end() : GermanTime.at(history.lastDay(), dice.between(1430, 1439));
        return new Course.Death(minute, cause == null ? UNKNOWN_CAUSE : cause, last);
    }
}
