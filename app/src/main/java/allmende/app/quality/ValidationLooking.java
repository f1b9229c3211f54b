package allmende.app.quality;

import allmende.core.fhir.FhirJson;
import allmende.engine.packages.InstalledPackage;
import allmende.engine.packages.Packages;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Expectation;
import allmende.engine.store.Quarantine;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.WriteResult;
import allmende.hapi.Finding;
import allmende.hapi.Terms;
import allmende.hapi.Validation;
import allmende.hapi.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks by the validator, and takes what breaks its profile out of sight where the policy says so. */
final class ValidationLooking implements Looking {

    /** Code under which such resources lie in quarantine. */
    static final String CODE = "breaks-profile";

    /** A resource that was put into quarantine was written once and deleted once. */
    private static final int QUARANTINED = 2;

    private static final int CHUNK = 50;
    private static final int REASONS_MAX = 5;
    private static final int FINDINGS_MAX = 100;

    private final Packages packages;
    private final Terms terms;
    private final Path folder;
    private @Nullable Validator validator;
    private String made = "";

    ValidationLooking(Packages packages, Terms terms, Path folder) {
        this.packages = packages;
        this.terms = terms;
        this.folder = folder;
    }

    @Override
    public String stream() {
        return Streams.VALIDATION;
    }

    /** With other packages, all is validated again; with another policy, too. */
    @Override
    public String fingerprint() {
        return packages.list().stream()
                        .map(InstalledPackage::id)
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")) + " "
                + Policy.read(folder).hashCode();
    }

    @Override
    public int chunk() {
        return CHUNK;
    }

    /** What a profile says about a resource does not depend on others. */
    @Override
    public List<Long> before(List<Change> gone) {
        return List.of();
    }

    /** Without packages there is no profile to hold a resource against, and HAPI is not loaded. */
    @Override
    public List<Looked> look(List<Change> changes, Store store) {
        if (packages.list().isEmpty()) {
            return List.of();
        }
        List<Looked> looked = new ArrayList<>();
        for (Change change : changes) {
            byte[] body = change.body();
            if (body != null) {
                looked.add(look(change, body));
            }
        }
        return List.copyOf(looked);
    }

    private Looked look(Change change, byte[] body) {
        Validation validation = validator().validate(body);
        JsonNode tree = FhirJson.parse(body);
        List<Found> found = new ArrayList<>();
        validation.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.INFORMATION)
                .limit(FINDINGS_MAX)
                .forEach(finding -> found.add(found(finding)));
        for (String profile : validation.unknownProfiles()) {
            found.add(new Found(
                    Area.CONFORMITY.written(), "profile-not-installed", "warning", "meta.profile", profile, "", ""));
        }
        int notChecked = validation.notChecked().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return new Looked(
                change,
                Modules.of(change.key().type(), tree),
                Modules.source(tree),
                found,
                notChecked,
                Looked.Traces.NONE);
    }

    private static Found found(Finding finding) {
        boolean missing = finding.code().toUpperCase(Locale.ROOT).startsWith("VALIDATION_VAL_PROFILE_MINIMUM");
        return new Found(
                (missing ? Area.COMPLETENESS : Area.CONFORMITY).written(),
                finding.code(),
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.location().replaceAll("\\[\\d+\\]", ""),
                finding.profile(),
                finding.message(),
                finding.location());
    }

    private Validator validator() {
        String wanted = fingerprint();
        Validator present = validator;
        if (present == null || !wanted.equals(made)) {
            present = new Validator(new PackageDefinitions(packages), terms);
            validator = present;
            made = wanted;
        }
        return present;
    }

    @Override
    public List<Long> after(List<Looked> looked, Store store) {
        Policy policy = Policy.read(folder);
        for (Looked one : looked) {
            if (one.errors() > 0 && policy.quarantines(one.source())) {
                quarantine(one, store);
            } else if (one.change().version() > QUARANTINED) {
                release(name(one), store);
            }
        }
        return List.of();
    }

    /** What lay in quarantine was written again since: a retry would put the old content over the new. */
    private static void release(String name, Store store) {
        if (store.quarantine().count() > 0) {
            store.quarantine().list(0, Integer.MAX_VALUE).stream()
                    .filter(entry -> entry.code().equals(CODE) && entry.entry().equals(name))
                    .forEach(entry -> store.quarantine().remove(entry.id()));
        }
    }

    private static String name(Looked one) {
        return one.change().key().type() + "/" + one.change().key().id();
    }

    /** First kept in quarantine, then deleted: whatever happens in between, nothing is lost. */
    private static void quarantine(Looked one, Store store) {
        Change change = one.change();
        byte[] body = change.body();
        if (body == null) {
            return;
        }
        String reasons = one.found().stream()
                .filter(found -> found.severity().equals("error"))
                .map(found -> found.rule() + " at " + found.path())
                .distinct()
                .limit(REASONS_MAX)
                .collect(Collectors.joining("; "));
        String name = name(one);
        Quarantine.Rejected rejected = new Quarantine.Rejected(
                one.source(), name, CODE, one.errors() + " errors against its profile: " + reasons, body);
        store.quarantine().add(List.of(rejected));
        WriteResult result = store.write(
                List.of(new ResourceWrite(change.key(), null, null, List.of())),
                List.of(new Expectation(change.key(), change.version())));
        if (result instanceof WriteResult.Unmet) {
            // somebody wrote a newer version meanwhile, which is looked at next: this one is out of sight already
            release(name, store);
        }
    }
}
