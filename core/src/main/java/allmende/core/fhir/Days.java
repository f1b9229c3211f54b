package allmende.core.fhir;

/** The proleptic Gregorian calendar in arithmetic: days since 1970-01-01, without allocation. */
final class Days {

    private static final int DAYS_0000_TO_1970 = 719_528;
    private static final int[] BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Days() {}

    /** Days since 1970-01-01 of an existing date from year 1 on. */
    static long of(int year, int month, int day) {
        int past = year - 1;
        // a year 0 of 366 days precedes year 1
        long days = 366L + 365L * past + past / 4 - past / 100 + past / 400 + BEFORE_MONTH[month - 1] + day - 1;
        return days - DAYS_0000_TO_1970 + (month > 2 && isLeap(year) ? 1 : 0);
    }

    static int inMonth(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : IN_MONTH[month - 1];
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
