package allmende.core.consent;

import org.jspecify.annotations.Nullable;

/**
 * A policy of the broad consent, or a module of policies.
 *
 * @param number last part of its code
 * @param module number of the module it belongs to; 0 for a module itself
 * @param years how long a permit is valid, by the code system's property; null for no such bound
 * @param retired whether the code system has taken it out of use; data may still have it
 * @param collecting whether it opens a period in which data may arise; any other must hold on the day of use
 * @param de name in German, as published
 * @param en name in English, ours
 */
public record Policy(
        int number, int module, @Nullable Integer years, boolean retired, boolean collecting, String de, String en) {

    /** The code system of policies. */
    public static final String SYSTEM = "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3";

    /** Number of "collecting medical data". */
    public static final int COLLECT = 6;

    /** Number of "using medical data for research". */
    public static final int USE = 8;

    /** Number of "storing and processing medical data of the past". */
    public static final int RETRO_STORE = 45;

    /** Number of "using medical data of the past for research", retired. */
    public static final int RETRO_USE = 46;

    /** Stands for all policies. */
    static final int ALL = 0;

    private static final String URN = "urn:oid:";
    private static final String OID = "2.16.840.1.113883.3.1937.777.24.5.3";
    private static final int DIGITS = 4;

    /** Its code. */
    public String code() {
        return code(number);
    }

    /** The code of a number. */
    public static String code(int number) {
        return OID + "." + number;
    }

    /** The name in German or, for any other language, in English. */
    public String name(String language) {
        return language.equals("de") ? de : en;
    }

    /**
     * The number of a code, known or not; -1 where the coding is not of this code system. System and code may have
     * {@code urn:oid:} or not, and a code that has all of its parts needs no system.
     */
    public static int number(String system, String code) {
        int systemAt = system.startsWith(URN) ? URN.length() : 0;
        if (!system.isEmpty() && !(system.length() == systemAt + OID.length() && system.startsWith(OID, systemAt))) {
            return -1;
        }
        int at = code.startsWith(URN) ? URN.length() : 0;
        if (!code.startsWith(OID, at) || code.length() <= at + OID.length() || code.charAt(at + OID.length()) != '.') {
            return -1;
        }
        return digits(code, at + OID.length() + 1);
    }

    private static int digits(String code, int from) {
        if (code.length() == from || code.length() > from + DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < code.length(); i++) {
            int digit = code.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number == 0 ? -1 : number;
    }
}
