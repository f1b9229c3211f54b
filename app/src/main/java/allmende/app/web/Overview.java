package allmende.app.web;

import java.util.List;

/**
 * What a site has loaded.
 *
 * @param t snapshot
 * @param patients current Patient resources
 * @param resources all current resources
 * @param modules resources by module, most first
 * @param years when things happened, oldest first; empty while unknown
 */
record Overview(long t, long patients, long resources, List<ModuleCount> modules, Timeline years) {

    /**
     * Resources of one module of the core data set.
     *
     * @param module last part of its message name
     * @param width bar in per cent of the largest module
     */
    record ModuleCount(String module, long count, String width) {}

    /** Facts per module (columns) and year (rows). */
    record Timeline(List<String> modules, List<Year> years) {

        static final Timeline NONE = new Timeline(List.of(), List.of());
    }

    /** One year; {@code counts} in the order of {@link Timeline#modules()}. */
    record Year(int year, List<Long> counts) {}
}
