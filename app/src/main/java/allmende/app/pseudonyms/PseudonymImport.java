package allmende.app.pseudonyms;

import allmende.app.pseudonyms.PseudonymTable.Place;
import allmende.app.pseudonyms.Result.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** Takes over pairs of originals and pseudonyms that were made elsewhere: all of them or none. */
final class PseudonymImport {

    private final PseudonymTables tables;
    private final DomainTable domains;
    private final PseudonymTable pseudonyms;

    PseudonymImport(PseudonymTables tables, DomainTable domains, PseudonymTable pseudonyms) {
        this.tables = tables;
        this.domains = domains;
        this.pseudonyms = pseudonyms;
    }

    /** An original and its pseudonym. */
    record Pair(String original, String pseudonym) {
        @Override
        public String toString() {
            return "a pair";
        }
    }

    /** What is to be stored, in two lists of one order. */
    private record Fresh(List<Place> places, List<String> pseudonyms) {}

    /**
     * Stores the pairs; those that are there already stay as they are, so that the same call may come twice.
     *
     * @param lookups by what the originals are found
     * @param before told how many are new just before they take effect; what it throws keeps them out
     * @return how many were new
     */
    Result<Integer> bring(
            PseudonymDomain domain,
            Originals originals,
            Map<ByteBuffer, String> lookups,
            Set<Pair> pairs,
            IntConsumer before) {
        if (!pairs.stream().allMatch(pair -> domain.form().matches(pair.pseudonym()))) {
            return Result.refused(Refusal.FORM);
        }
        Result<Integer> result = tables.transactions().execute(status -> {
            long held = domains.lock(domain.id());
            Optional<Fresh> fresh = fresh(domain, lookups, pairs);
            if (fresh.isEmpty()) {
                return Result.<Integer>refused(Refusal.COLLISION);
            }
            Fresh made = fresh.get();
            int count = made.places().size();
            if (held + count > domain.form().room()) {
                return Result.<Integer>refused(Refusal.FULL);
            }
            for (int from = 0; from < count; from += PseudonymService.AT_ONCE) {
                int to = Math.min(count, from + PseudonymService.AT_ONCE);
                pseudonyms.give(
                        domain,
                        originals,
                        made.places().subList(from, to),
                        made.pseudonyms().subList(from, to));
            }
            domains.held(domain.id(), count);
            before.accept(count);
            return new Result.Done<>(count);
        });
        return result == null ? Result.refused(Refusal.NOT_FOUND) : result;
    }

    /** What is not there yet; nothing if it collides with what is, or with itself. */
    private Optional<Fresh> fresh(PseudonymDomain domain, Map<ByteBuffer, String> lookups, Set<Pair> pairs) {
        Map<String, ByteBuffer> byOriginal = new LinkedHashMap<>();
        lookups.forEach((lookup, original) -> byOriginal.put(original, lookup));
        Map<ByteBuffer, List<String>> present = pseudonyms.all(domain.id(), lookups.keySet());
        Map<String, List<String>> own = new LinkedHashMap<>();
        present.forEach((lookup, there) -> own.put(String.valueOf(lookups.get(lookup)), there));
        Set<String> taken = new HashSet<>(pseudonyms.taken(
                domain.id(), pairs.stream().map(Pair::pseudonym).toList()));
        Fresh fresh = new Fresh(new ArrayList<>(), new ArrayList<>());
        for (Pair pair : pairs) {
            List<String> there = own.computeIfAbsent(pair.original(), _ -> new ArrayList<>());
            if (there.contains(pair.pseudonym())) {
                continue;
            }
            boolean second = !there.isEmpty() && !domain.policy().several();
            ByteBuffer lookup = byOriginal.get(pair.original());
            if (second || lookup == null || !taken.add(pair.pseudonym())) {
                return Optional.empty();
            }
            fresh.places().add(new Place(pair.original(), lookup, there.size()));
            fresh.pseudonyms().add(pair.pseudonym());
            there.add(pair.pseudonym());
        }
        return Optional.of(fresh);
    }
}
