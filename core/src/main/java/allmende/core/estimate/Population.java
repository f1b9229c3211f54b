package allmende.core.estimate;

import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.Strata;

/** The patients of a site by stratum; the last cell holds those who are in no published stratum. */
final class Population {

    static final int CELLS = Strata.SIZE + 1;

    /** How far a published number is off at most, usually: noise and rounding. */
    static final double SLACK = 15;

    private final double[] cells = new double[CELLS];
    private final double all;

    Population(PublishedStatistics statistics) {
        this.all = statistics.patients();
        double published = statistics.strata().sum();
        double scale = published > all ? all / published : 1;
        double rest = all;
        for (int cell = 0; cell < Strata.SIZE; cell++) {
            cells[cell] = statistics.strata().patients(cell) * scale;
            rest -= cells[cell];
        }
        cells[Strata.SIZE] = Math.max(0, rest);
    }

    double all() {
        return all;
    }

    double cell(int cell) {
        return cells[cell];
    }

    /** Spreads a number of patients over the cells: as published, and what is missing by the size of the other cells. */
    double[] spread(double patients, Strata strata) {
        double[] spread = new double[CELLS];
        double rest = patients;
        double room = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            spread[cell] = cell < Strata.SIZE ? Math.min(strata.patients(cell), cells[cell]) : 0;
            rest -= spread[cell];
            room += spread[cell] == 0 ? cells[cell] : 0;
        }
        double published = patients - rest;
        for (int cell = 0; cell < CELLS; cell++) {
            if (rest < 0) {
                spread[cell] *= patients / published;
            } else if (room > 0 && spread[cell] == 0) {
                spread[cell] = Math.min(cells[cell], rest * cells[cell] / room);
            } else if (room <= 0 && published > 0) {
                spread[cell] = Math.min(cells[cell], spread[cell] * patients / published);
            }
        }
        return spread;
    }
}
