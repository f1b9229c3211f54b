package allmende.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws medians over the size of the data as SVG: two panels, searches whose hits stay the same and those whose hits grow.
 * Both axes are logarithmic, so that a flat line is flat and growth in proportion rises by a decade for each decade.
 */
final class ScalePlot {

    private static final int WIDTH = 760;
    private static final int LEFT = 64;
    private static final int RIGHT = 570;
    private static final int TOP = 62;
    private static final int PANEL = 190;
    private static final int PITCH = 292;
    private static final int LABEL_PITCH = 16;
    private static final List<String> LIGHT = List.of("#1b5fc1", "#b3480c", "#0f7a4f", "#8a2f9e", "#a3243b", "#566070");
    private static final List<String> DARK = List.of("#7fb2ff", "#ffa066", "#5fd6a2", "#dc9bf0", "#ff8fa3", "#b4bfcc");

    private final Map<ScaleQuery, SortedMap<Long, Double>> lines = new LinkedHashMap<>();

    /** Adds a point: the median. */
    void add(ScaleQuery query, long size, Samples millis) {
        lines.computeIfAbsent(query, unseen -> new TreeMap<>()).put(size, millis.median());
    }

    /** The whole picture of what was added. */
    String svg() {
        List<Double> all =
                lines.values().stream().flatMap(line -> line.values().stream()).toList();
        Scale y = Scale.over(all);
        Scale x = Scale.over(lines.values().stream()
                .flatMap(line -> line.keySet().stream())
                .map(Long::doubleValue)
                .toList());
        StringBuilder svg = new StringBuilder(head());
        panel(svg, false, x, y);
        panel(svg, true, x, y);
        return svg.append("</svg>\n").toString();
    }

    private static String head() {
        StringBuilder style = new StringBuilder("text{font:13px system-ui,sans-serif;fill:var(--ink)}"
                + ".t{font-weight:600;font-size:15px}.s{font-size:12px;fill:var(--soft)}.g{stroke:var(--grid)}"
                + "polyline{fill:none;stroke-width:2.2;stroke-linejoin:round}"
                + "svg{--paper:#fff;--ink:#1d2530;--soft:#566070;--grid:#dfe4ea}");
        StringBuilder dark = new StringBuilder("svg{--paper:#12171f;--ink:#e8edf3;--soft:#a9b4c2;--grid:#2d3643}");
        for (int i = 0; i < LIGHT.size(); i++) {
            style.append(colour(i, LIGHT.get(i)));
            dark.append(colour(i, DARK.get(i)));
        }
        int height = TOP + PITCH + PANEL + 54;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\"" + WIDTH
                + "\" height=\"" + height
                + "\" role=\"img\">\n<title>Search time over the number of resources</title>\n<style>"
                + style + "@media(prefers-color-scheme:dark){" + dark + "}</style>\n"
                + "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"var(--paper)\"/>\n";
    }

    private static String colour(int number, String colour) {
        return ".c" + number + "{stroke:" + colour + "}text.c" + number + ",circle.c" + number + "{fill:" + colour
                + ";stroke:none}";
    }

    private void panel(StringBuilder svg, boolean growing, Scale x, Scale y) {
        int top = TOP + (growing ? PITCH : 0);
        text(svg, "t", LEFT - 40, top - 34, growing ? "Hits grow with the data" : "Hits stay the same");
        text(svg, "s", LEFT - 40, top - 15, "median of a search, ms");
        axes(svg, top, x, y);
        List<Label> labels = new ArrayList<>();
        int colour = 0;
        for (Map.Entry<ScaleQuery, SortedMap<Long, Double>> line : lines.entrySet()) {
            if (line.getKey().growing() == growing) {
                labels.add(line(svg, colour, line, new Frame(top, x, y)));
                colour++;
            }
        }
        labels(svg, labels, top);
    }

    private static void axes(StringBuilder svg, int top, Scale x, Scale y) {
        for (int power = y.from(); power <= y.to(); power++) {
            double at = top + PANEL - PANEL * y.at(Math.pow(10, power));
            grid(svg, LEFT, at, RIGHT, at);
            text(svg, "s\" text-anchor=\"end", LEFT - 8, at + 4, number(power));
        }
        for (int power = x.from(); power <= x.to(); power++) {
            double at = LEFT + (RIGHT - LEFT) * x.at(Math.pow(10, power));
            grid(svg, at, top, at, top + PANEL);
            text(svg, "s\" text-anchor=\"middle", at, top + PANEL + 18, number(power));
        }
        text(svg, "s\" text-anchor=\"middle", (LEFT + RIGHT) / 2.0, top + PANEL + 37, "resources in the index");
    }

    private static Label line(
            StringBuilder svg, int colour, Map.Entry<ScaleQuery, SortedMap<Long, Double>> line, Frame frame) {
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        double lastX = 0;
        double lastY = 0;
        double last = 0;
        for (Map.Entry<Long, Double> point : line.getValue().entrySet()) {
            lastX = LEFT + (RIGHT - LEFT) * frame.x().at(point.getKey());
            lastY = frame.top() + PANEL - PANEL * frame.y().at(point.getValue());
            last = point.getValue();
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", lastX, lastY));
            dots.append(String.format(
                    Locale.ROOT, "<circle class=\"c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.4\"/>", colour, lastX, lastY));
        }
        svg.append("<polyline class=\"c")
                .append(colour)
                .append("\" points=\"")
                .append(points.toString().strip());
        svg.append("\"/>").append(dots).append('\n');
        String shown = String.format(Locale.ROOT, last < 10 ? "%.2f" : "%.0f", last);
        return new Label(lastX, lastY, colour, line.getKey().title() + " " + shown + " ms");
    }

    /** Labels at the ends of their lines, moved apart so that none covers another. */
    private static void labels(StringBuilder svg, List<Label> labels, int top) {
        List<Label> sorted =
                labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList();
        double overflow = 0;
        for (int attempt = 0; attempt < 2; attempt++) {
            double next = top;
            StringBuilder texts = new StringBuilder();
            for (Label label : sorted) {
                double y = Math.max(next, label.y() - overflow);
                text(texts, "c" + label.colour(), label.x() + 12, y + 4, label.text());
                next = y + LABEL_PITCH;
            }
            overflow = Math.max(0, next - LABEL_PITCH - (top + PANEL));
            if (overflow == 0 || attempt == 1) {
                svg.append(texts);
                return;
            }
        }
    }

    private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT, "<line class=\"g\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, String kind, double x, double y, String text) {
        svg.append(
                String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", kind, x, y, text));
    }

    private static String number(int power) {
        return power < 0
                ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
                : String.format(Locale.ROOT, "%,.0f", Math.pow(10, power));
    }

    private record Frame(int top, Scale x, Scale y) {}

    private record Label(double x, double y, int colour, String text) {}

    /** Whole decades that hold all values. */
    private record Scale(int from, int to) {

        static Scale over(List<Double> values) {
            double least = values.stream().mapToDouble(value -> value).min().orElse(1);
            double most = values.stream().mapToDouble(value -> value).max().orElse(1);
            int from = (int) Math.floor(Math.log10(least));
            return new Scale(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))));
        }

        /** Where a value lies, from 0 to 1. */
        double at(double value) {
            return (Math.log10(value) - from) / (to - from);
        }
    }
}
