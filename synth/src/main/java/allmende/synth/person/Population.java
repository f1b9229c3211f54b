package allmende.synth.person;

import allmende.synth.chance.Dice;
import allmende.synth.json.GermanTime;
import java.util.ArrayList;
import java.util.List;

/** Draws persons: names that fit the year of birth, towns with real postal codes, ages as a university hospital sees them. */
public final class Population {

    /** Share of each ten years of age (0–9, 10–19, …, 90–99) among the patients at the end of observation. */
    private static final double[] AGES = {0.05, 0.05, 0.09, 0.11, 0.11, 0.15, 0.17, 0.15, 0.10, 0.02};

    private static final double DIVERSE = 0.0012;
    private static final double INSURED_BY_STATUTE = 0.9;
    private static final int[] GENERATIONS = {1960, 1990};

    private final List<String> families = WordList.read("family-names.txt");
    private final List<List<String>> female = WordList.groups("given-names-female.txt");
    private final List<List<String>> male = WordList.groups("given-names-male.txt");
    private final List<String> streets = WordList.read("streets.txt");
    private final List<String> insurers = WordList.read("insurers.txt");
    private final List<Place> places = new ArrayList<>();
    private final double ageShift;
    private final long insured;

    /** Patients as a university hospital sees them. */
    public Population() {
        this(0, 0);
    }

    /**
     * Patients of a site; reads the word lists of the module.
     *
     * @param ageShift by how many years those in middle life are older; within ±25, so that order is kept
     * @param insured added to a patient's index for the insurance number
     */
    public Population(double ageShift, long insured) {
        this.ageShift = ageShift;
        this.insured = insured;
        for (String line : WordList.read("places.txt")) {
            String[] parts = line.split("\t");
            Place place = new Place(parts[0], parts[1], Integer.parseInt(parts[2]));
            for (int i = 0; i < place.weight(); i++) {
                places.add(place);
            }
        }
    }

    /**
     * Draws a person.
     *
     * @param index place in the hospital
     * @param dice the patient's chance
     * @param lastDay end of observation; nobody is born after it
     */
    public Person person(long index, Dice dice, int lastDay) {
        boolean isFemale = dice.chance(0.515);
        Sex sex = dice.chance(DIVERSE) ? Sex.DIVERSE : isFemale ? Sex.FEMALE : Sex.MALE;
        int birthDay = lastDay - (int) (shifted(age(dice)) * 365.2425);
        String family = family(dice);
        boolean maiden = isFemale && lastDay - birthDay > 25 * 365 && dice.chance(0.3);
        String maidenName = maiden ? family(dice) : null;
        Place place = dice.pick(places);
        String street = dice.pick(streets) + " " + dice.between(1, 140) + (dice.chance(0.12) ? "a" : "");
        boolean statutory = dice.chance(INSURED_BY_STATUTE);
        return new Person(
                index,
                sex,
                isFemale,
                birthDay,
                family,
                given(isFemale ? female : male, birthDay, dice),
                family.equals(maidenName) ? null : maidenName,
                street,
                place.postalCode(),
                place.city(),
                statutory ? InsuranceNumber.of(insured + index) : null,
                dice.pick(insurers));
    }

    /** The whole shift at fifty, none at birth and at a hundred. */
    private double shifted(double age) {
        return ageShift == 0 ? age : age + ageShift * 4 * (age / 100) * (1 - age / 100);
    }

    private static double age(Dice dice) {
        double share = dice.unit();
        for (int decade = 0; decade < AGES.length; decade++) {
            if (share < AGES[decade]) {
                return 10 * (decade + dice.unit());
            }
            share -= AGES[decade];
        }
        return dice.within(60, 80);
    }

    private String family(Dice dice) {
        int size = families.size();
        int first = dice.below(size);
        // The list begins with the commonest names: the smaller of two throws prefers them.
        String name = families.get(Math.min(first, dice.below(size)));
        return dice.chance(0.03) ? name + "-" + families.get(dice.below(size)) : name;
    }

    private static String[] given(List<List<String>> generations, int birthDay, Dice dice) {
        int year = GermanTime.year(birthDay);
        int generation = year < GENERATIONS[0] ? 0 : year < GENERATIONS[1] ? 1 : 2;
        List<String> names = generations.get(generation);
        String first = dice.pick(names);
        String second = dice.pick(names);
        return dice.chance(0.2) && !first.equals(second) ? new String[] {first, second} : new String[] {first};
    }
}
