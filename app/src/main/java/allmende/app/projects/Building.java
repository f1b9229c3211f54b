package allmende.app.projects;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the files of a delivery: extraction by consent, de-identification, formats. */
interface Building {

    /**
     * What stands against carrying a request out.
     *
     * @return sentences for people; empty where nothing does
     */
    List<String> problems(DataUseProject.Request request);

    /**
     * Fills the room, which is empty.
     *
     * @throws Unbuildable for a reason that people can do something about
     * @throws InterruptedException if the watch says that it shall end
     */
    Built build(Order order, Watch watch) throws IOException, Unbuildable, InterruptedException;

    /**
     * What to build.
     *
     * @param project of this project
     * @param t from the site's data at this snapshot
     * @param consentDay judging consent by this day
     * @param at when it was begun
     * @param suppressTo so many patients at least shall look alike; whoever is in a smaller group is left out. 0 for everybody
     * @param room where to put it
     */
    record Order(DataUseProject project, long t, LocalDate consentDay, Instant at, int suppressTo, Room room) {}

    /**
     * Where a build is kept.
     *
     * @param folder what would leave; what lies beside it under the same name and an ending is deleted with it
     * @param leftOut a file for the ids of what does not leave: for the data steward, never part of the delivery
     */
    record Room(Path folder, Path leftOut) {}

    /**
     * What was built.
     *
     * @param report what people decide on
     * @param sample de-identified rows
     * @param patients pseudonyms by ids of patients
     * @param resources how many resources were written
     */
    record Built(ObjectNode report, ArrayNode sample, Map<String, String> patients, long resources) {

        /** Copies the map. */
        public Built {
            patients = Map.copyOf(patients);
        }
    }

    /** Who waits for it. */
    interface Watch {

        /** So many patients are done of so many. */
        void advanced(long done, long total);

        /** Whether it shall end. */
        boolean cancelled();
    }

    /** It can't be built; the message is a sentence for people without patient data. */
    final class Unbuildable extends Exception {

        private static final long serialVersionUID = 1;

        Unbuildable(String message) {
            super(message);
        }
    }
}
