package allmende.app.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is done with resources that break their profile, by source; from {@code quality.json} in the data folder:
 * {@code {"sources": {"urn:laboratory*": "quarantine", "*": "report"}}}. The first pattern that fits counts; without a
 * file, or where it is damaged, everything is reported only.
 */
record Policy(Map<String, Boolean> quarantine) {

    /** Name of the file in the data folder. */
    static final String FILE = "quality.json";

    private static final Logger LOG = LoggerFactory.getLogger(Policy.class);

    static Policy read(Path folder) {
        Map<String, Boolean> patterns = new LinkedHashMap<>();
        Path file = folder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
                root.path("sources").properties().forEach(entry -> {
                    String wish = entry.getValue().asString("");
                    if (!wish.equals("report") && !wish.equals("quarantine")) {
                        LOG.warn("{}: \"{}\" must be \"report\" or \"quarantine\"", file, entry.getKey());
                    }
                    patterns.put(entry.getKey(), wish.equals("quarantine"));
                });
            }
        } catch (IOException | JacksonException damaged) {
            LOG.warn("{} can't be read; findings are reported only", file);
        }
        return new Policy(patterns);
    }

    /** Whether resources of this source that break their profile are taken out of sight. */
    boolean quarantines(String source) {
        for (Map.Entry<String, Boolean> entry : quarantine.entrySet()) {
            String pattern = entry.getKey();
            boolean fits = pattern.endsWith("*")
                    ? source.startsWith(pattern.substring(0, pattern.length() - 1))
                    : source.equals(pattern);
            if (fits) {
                return entry.getValue();
            }
        }
        return false;
    }
}
