package allmende.core.consent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies of the broad consent, by number. Their validity is what the code system says, never inferred. */
public final class PolicyCatalogue {

    private static final String FILE = "/allmende/consent/policies.txt";
    private static final int COLUMNS = 7;
    private static final PolicyCatalogue SHIPPED = read(text());

    private final @Nullable Policy[] byNumber;
    private final int[][] members;
    private final List<Policy> all;

    private PolicyCatalogue(List<Policy> policies) {
        int size = policies.stream().mapToInt(Policy::number).max().orElse(0) + 1;
        this.byNumber = new @Nullable Policy[size];
        this.members = new int[size][];
        this.all = List.copyOf(policies);
        policies.forEach(policy -> byNumber[policy.number()] = policy);
        for (int number = 0; number < size; number++) {
            int module = number;
            members[number] = policies.stream()
                    .filter(policy -> policy.module() == module && module > 0)
                    .mapToInt(Policy::number)
                    .toArray();
        }
    }

    /** The catalogue that comes with the program. */
    public static PolicyCatalogue shipped() {
        return SHIPPED;
    }

    /** All of them, in the order of the code system. */
    public List<Policy> all() {
        return all;
    }

    /** The policy or module with this number; null where there is none. */
    public @Nullable Policy find(int number) {
        return number > 0 && number < byNumber.length ? byNumber[number] : null;
    }

    /** A policy that the catalogue has for certain. */
    Policy get(int number) {
        Policy policy = find(number);
        if (policy == null) {
            throw new IllegalStateException("The catalogue lacks policy " + number);
        }
        return policy;
    }

    /** Numbers of the policies of a module; none where it is not a module. */
    int[] members(int module) {
        return members[module];
    }

    /** One more than the highest number. */
    int size() {
        return byNumber.length;
    }

    /**
     * Reads lines of columns separated by bars; see the head of the shipped file.
     *
     * @throws IllegalArgumentException naming the first line that is none
     */
    static PolicyCatalogue read(String text) {
        List<Policy> policies = new ArrayList<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> policies.add(policy(line)));
        return new PolicyCatalogue(policies);
    }

    private static Policy policy(String line) {
        List<String> columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (columns.size() != COLUMNS) {
            throw new IllegalArgumentException("Not a line of " + COLUMNS + " columns: " + line);
        }
        return new Policy(
                Integer.parseInt(columns.get(0)),
                columns.get(1).equals("-") ? 0 : Integer.parseInt(columns.get(1)),
                columns.get(2).equals("-") ? null : Integer.valueOf(columns.get(2)),
                columns.get(3).equals("retired"),
                columns.get(4).equals("collecting"),
                columns.get(5),
                columns.get(6));
    }

    private static String text() {
        try (InputStream stream = PolicyCatalogue.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + FILE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
