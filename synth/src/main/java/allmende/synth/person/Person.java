package allmende.synth.person;

import org.jspecify.annotations.Nullable;

/**
 * Who a synthetic patient is.
 *
 * @param index place in the hospital, from 0
 * @param sex administrative gender
 * @param female whether the body is modelled as female (decides disease risks and reference ranges)
 * @param birthDay days since 1970-01-01
 * @param family surname
 * @param given given names, at least one
 * @param maidenName surname at birth if it differs
 * @param street street and house number
 * @param postalCode five digits
 * @param city town
 * @param insuranceNumber health insurance number; null: insured privately or not at all
 * @param insurer institution number (IKNR) of the health insurance
 */
public record Person(
        long index,
        Sex sex,
        boolean female,
        int birthDay,
        String family,
        String[] given,
        @Nullable String maidenName,
        String street,
        String postalCode,
        String city,
        @Nullable String insuranceNumber,
        String insurer) {

    /** Age in years with fraction on a day; negative before birth. */
    public double age(int day) {
        return (day - birthDay) / 365.2425;
    }
}
