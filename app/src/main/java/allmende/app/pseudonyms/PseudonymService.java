package allmende.app.pseudonyms;

import allmende.app.keys.KeyVault;
import allmende.app.pseudonyms.PseudonymTable.Place;
import allmende.app.pseudonyms.Result.Refusal;
import allmende.app.site.SiteLocation;
import allmende.core.deident.PseudonymSource;
import allmende.engine.store.StoreLocation;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Pseudonyms: made, read, deleted and anonymised, one or very many at once. Who may ask is for the doors to say; only
 * {@link ResolveDesk} gets at originals. Safe for several threads and processes at once: two that ask for the same original
 * get the same pseudonym.
 */
public final class PseudonymService implements PseudonymSource, AutoCloseable {

    /** As how many at most pseudonyms are made in one transaction. */
    static final int AT_ONCE = 5_000;

    private static final int ORIGINAL_MAX = 1_000;
    private static final String SITE = "site";
    private static final String VAULT_KEY = "pseudonyms";

    private final PseudonymTables tables;
    private final DomainTable domains;
    private final PseudonymTable pseudonyms;
    private final KeySource keySource;
    private final SecureRandom random;
    private final Map<String, Originals.Keys> keys = new ConcurrentHashMap<>();

    PseudonymService(PseudonymTables tables, KeySource keySource, InstantSource clock, SecureRandom random) {
        this.tables = tables;
        this.domains = new DomainTable(tables, clock);
        this.pseudonyms = new PseudonymTable(tables, random);
        this.keySource = keySource;
        this.random = random;
    }

    /** The service of a site; nothing is opened before it is first used. */
    public static PseudonymService at(SiteLocation location, KeyVault vault, InstantSource clock) {
        return over(() -> PseudonymPlace.of(location.data(), System::getenv), keys(vault), clock, new SecureRandom());
    }

    /** By the first version of the key always: with another, nothing that is stored would be found again. */
    private static KeySource keys(KeyVault vault) {
        return (purpose, bytes) -> {
            vault.version(VAULT_KEY); // makes the key where there is none
            return vault.derive(VAULT_KEY, 1, purpose, bytes);
        };
    }

    /** The service over the database at this place, which is opened when it is first used. */
    public static PseudonymService over(
            Supplier<StoreLocation> place, KeySource keys, InstantSource clock, SecureRandom random) {
        return new PseudonymService(new PseudonymTables(place), keys, clock, random);
    }

    PseudonymTables tables() {
        return tables;
    }

    /** All domains by name. */
    public List<PseudonymDomain> domains() {
        return domains.all();
    }

    /** One domain. */
    public Optional<PseudonymDomain> domain(String name) {
        return domains.find(name);
    }

    /**
     * Makes a domain.
     *
     * @param by who wants it
     */
    public Result<PseudonymDomain> add(NewDomain wanted, String by) {
        if (!NewDomain.isName(wanted.name())) {
            return Result.refused(Refusal.NAME);
        }
        if (wanted.parent() != null && domains.find(wanted.parent()).isEmpty()) {
            return Result.refused(Refusal.NO_DOMAIN);
        }
        boolean added = domains.add(wanted, by);
        return added
                ? new Result.Done<>(domains.find(wanted.name()).orElseThrow())
                : Result.refused(Refusal.DOMAIN_EXISTS);
    }

    /**
     * The pseudonyms of these originals, made where there are none; a domain that is not there is made, too, so that a
     * project needs no preparation.
     *
     * @throws PseudonymFault if they can't be had
     */
    @Override
    public Map<String, String> pseudonyms(String domain, Set<String> originals) {
        if (originals.isEmpty()) {
            return Map.of();
        }
        Result<Map<String, String>> result = create(domain, originals);
        if (result instanceof Result.Refused<Map<String, String>>(Refusal refusal) && refusal == Refusal.NO_DOMAIN) {
            add(NewDomain.usual(domain), SITE);
            result = create(domain, originals);
        }
        return switch (result) {
            case Result.Done<Map<String, String>>(Map<String, String> made) -> made;
            case Result.Refused<Map<String, String>>(Refusal refusal) ->
                throw new PseudonymFault("The domain " + domain + " gives no pseudonyms: " + refusal + ".");
        };
    }

    /**
     * The pseudonyms of these originals, made where there are none. Each {@value #AT_ONCE} are durable once made: after a
     * crash the same call goes on.
     */
    public Result<Map<String, String>> create(String domain, Collection<String> originals) {
        return in(domain, found -> create(found, Set.copyOf(originals)));
    }

    private Result<Map<String, String>> create(PseudonymDomain domain, Set<String> wanted) {
        if (!wanted.stream().allMatch(PseudonymService::isOriginal)) {
            return Result.refused(Refusal.ORIGINAL);
        }
        Originals originals = originals(domain);
        Map<String, String> result = new LinkedHashMap<>();
        List<String> list = List.copyOf(wanted);
        for (int from = 0; from < list.size(); from += AT_ONCE) {
            List<String> part = list.subList(from, Math.min(list.size(), from + AT_ONCE));
            Map<ByteBuffer, String> byLookup = byLookup(originals, part);
            Map<ByteBuffer, String> present = pseudonyms.firsts(domain.id(), byLookup.keySet());
            byLookup.forEach((lookup, original) -> {
                if (present.containsKey(lookup)) {
                    result.put(original, present.get(lookup));
                }
            });
            byLookup.keySet().removeAll(present.keySet());
            Optional<Refusal> refusal =
                    byLookup.isEmpty() ? Optional.empty() : make(domain, originals, byLookup, result);
            if (refusal.isPresent()) {
                return Result.refused(refusal.get());
            }
        }
        domains.used(domain.id());
        return new Result.Done<>(result);
    }

    /** Makes what is missing; who has the lock looks again, since another may have been faster. */
    private Optional<Refusal> make(
            PseudonymDomain domain, Originals originals, Map<ByteBuffer, String> missing, Map<String, String> result) {
        if (!ofParent(domain, missing.values())) {
            return Optional.of(Refusal.NOT_OF_PARENT);
        }
        Optional<Refusal> refusal = tables.transactions().execute(status -> {
            long held = domains.lock(domain.id());
            pseudonyms.firsts(domain.id(), missing.keySet()).forEach((lookup, pseudonym) -> {
                result.put(String.valueOf(missing.remove(lookup)), pseudonym);
            });
            if (held + missing.size() > domain.form().room()) {
                return Optional.of(Refusal.FULL);
            }
            List<Place> places = new ArrayList<>(missing.size());
            missing.forEach((lookup, original) -> places.add(new Place(original, lookup, 0)));
            List<String> made = pseudonyms.fill(domain, originals, places);
            for (int i = 0; i < places.size(); i++) {
                result.put(places.get(i).original(), made.get(i));
            }
            domains.held(domain.id(), places.size());
            return Optional.<Refusal>empty();
        });
        return refusal == null ? Optional.empty() : refusal;
    }

    /** The pseudonyms of those of these originals that have one; makes none. */
    public Result<Map<String, String>> find(String domain, Collection<String> wanted) {
        return in(domain, found -> {
            Map<ByteBuffer, String> byLookup = byLookup(originals(found), wanted);
            Map<String, String> result = new LinkedHashMap<>();
            pseudonyms
                    .firsts(found.id(), byLookup.keySet())
                    .forEach((lookup, pseudonym) -> result.put(String.valueOf(byLookup.get(lookup)), pseudonym));
            domains.used(found.id());
            return new Result.Done<>(result);
        });
    }

    /**
     * Several pseudonyms of one original, where the domain gives several.
     *
     * @param more how many new ones; 0 for those that there are
     * @return the new ones, or all with 0
     */
    public Result<List<String>> several(String domain, String original, int more) {
        return in(domain, found -> {
            if (!found.policy().several()) {
                return Result.refused(Refusal.SINGLE);
            }
            if (!isOriginal(original)) {
                return Result.refused(Refusal.ORIGINAL);
            }
            Originals originals = originals(found);
            ByteBuffer lookup = ByteBuffer.wrap(originals.lookup(original));
            domains.used(found.id());
            if (more == 0) {
                List<String> all = pseudonyms.all(found.id(), lookup);
                return all.isEmpty() ? Result.refused(Refusal.NOT_FOUND) : new Result.Done<>(all);
            }
            return ofParent(found, List.of(original))
                    ? more(found, originals, new Place(original, lookup, more))
                    : Result.refused(Refusal.NOT_OF_PARENT);
        });
    }

    private Result<List<String>> more(PseudonymDomain domain, Originals originals, Place wanted) {
        Result<List<String>> made = tables.transactions().execute(status -> {
            long held = domains.lock(domain.id());
            if (held + wanted.number() > domain.form().room()) {
                return Result.<List<String>>refused(Refusal.FULL);
            }
            int first = pseudonyms.all(domain.id(), wanted.lookup()).size();
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < wanted.number(); i++) {
                places.add(new Place(wanted.original(), wanted.lookup(), first + i));
            }
            domains.held(domain.id(), places.size());
            return new Result.Done<>(pseudonyms.fill(domain, originals, places));
        });
        return made == null ? Result.refused(Refusal.NOT_FOUND) : made;
    }

    /**
     * Takes over pairs that were made elsewhere, all or none. For those alone who have seen to it that this may be.
     *
     * @param before told how many are new just before they take effect
     * @return how many were new
     */
    Result<Integer> bring(String domain, Set<PseudonymImport.Pair> pairs, IntConsumer before) {
        List<String> wanted = pairs.stream().map(PseudonymImport.Pair::original).toList();
        return in(domain, found -> {
            if (!wanted.stream().allMatch(PseudonymService::isOriginal)) {
                return Result.refused(Refusal.ORIGINAL);
            }
            if (!ofParent(found, wanted)) {
                return Result.refused(Refusal.NOT_OF_PARENT);
            }
            Originals originals = originals(found);
            return new PseudonymImport(tables, domains, pseudonyms)
                    .bring(found, originals, byLookup(originals, wanted), pairs, before);
        });
    }

    /** The originals of those of these pseudonyms that have one. For those alone who have seen to it that this is granted. */
    Result<Map<String, String>> resolve(String domain, Collection<String> wanted) {
        return in(domain, found -> {
            domains.used(found.id());
            return new Result.Done<>(pseudonyms.originals(found.id(), originals(found), wanted));
        });
    }

    /** Deletes all pseudonyms of these originals, and what was made of those further down the tree; tells how many. */
    public Result<Long> delete(String domain, Collection<String> wanted) {
        return in(
                domain,
                found -> found.policy().deletes()
                        ? new Result.Done<>(tables.transactions().execute(status -> remove(found, wanted)))
                        : Result.refused(Refusal.KEEPS));
    }

    /** Keeps the pseudonyms of these originals and forgets for good whose they are; tells how many. */
    public Result<Long> anonymise(String domain, Collection<String> wanted) {
        return in(
                domain,
                found -> new Result.Done<>(tables.transactions().execute(status -> {
                    domains.lock(found.id());
                    return (long) pseudonyms
                            .anonymise(
                                    found.id(),
                                    byLookup(originals(found), wanted).keySet())
                            .size();
                })));
    }

    /**
     * Forgets these originals in all domains: deletes their pseudonyms where a domain deletes, anonymises them elsewhere, and
     * so down the tree. Tells how many pseudonyms that were.
     */
    public long forget(Collection<String> wanted) {
        long forgotten = 0;
        for (PseudonymDomain domain : domains.all()) {
            Long here = tables.transactions().execute(status -> remove(domain, wanted));
            forgotten += here == null ? 0 : here;
        }
        return forgotten;
    }

    private long remove(PseudonymDomain domain, Collection<String> wanted) {
        domains.lock(domain.id());
        Set<ByteBuffer> lookups = byLookup(originals(domain), wanted).keySet();
        List<String> gone = domain.policy().deletes()
                ? pseudonyms.delete(domain.id(), lookups)
                : pseudonyms.anonymise(domain.id(), lookups);
        if (gone.isEmpty()) {
            return 0;
        }
        if (domain.policy().deletes()) {
            domains.held(domain.id(), -gone.size());
        }
        long below = 0;
        for (PseudonymDomain child : domains.children(domain.id())) {
            below += remove(child, gone);
        }
        return gone.size() + below;
    }

    @Override
    public void close() {
        tables.close();
    }

    private boolean ofParent(PseudonymDomain domain, Collection<String> originals) {
        if (domain.parent() == null) {
            return true;
        }
        PseudonymDomain parent = domains.find(domain.parent()).orElseThrow();
        return pseudonyms.count(parent.id(), originals) == Set.copyOf(originals).size();
    }

    private <T> Result<T> in(String name, java.util.function.Function<PseudonymDomain, Result<T>> work) {
        Optional<PseudonymDomain> domain = domains.find(name);
        return domain.isPresent() ? work.apply(domain.get()) : Result.refused(Refusal.NO_DOMAIN);
    }

    private Originals originals(PseudonymDomain domain) {
        return new Originals(
                domain.name(), keys.computeIfAbsent(domain.name(), name -> Originals.Keys.of(name, keySource)), random);
    }

    private static Map<ByteBuffer, String> byLookup(Originals originals, Collection<String> wanted) {
        Map<ByteBuffer, String> byLookup = new LinkedHashMap<>();
        wanted.forEach(original -> byLookup.put(ByteBuffer.wrap(originals.lookup(original)), original));
        return byLookup;
    }

    private static boolean isOriginal(String text) {
        return !text.isBlank() && text.length() <= ORIGINAL_MAX;
    }
}
