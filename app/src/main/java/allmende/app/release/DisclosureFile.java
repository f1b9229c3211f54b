package allmende.app.release;

import allmende.app.site.RulesFile;
import allmende.core.disclosure.DisclosureRules;
import java.nio.file.Path;

/** The site's rules for disclosure, in {@code disclosure.json} of its data folder. */
final class DisclosureFile {

    static final String NAME = "disclosure.json";

    private DisclosureFile() {}

    /** As {@link RulesFile#load}. */
    static DisclosureRules load(Path data) {
        return RulesFile.load(
                data.resolve(NAME), "The rules for disclosure", DisclosureRules.DEFAULT.write(), DisclosureRules::read);
    }
}
