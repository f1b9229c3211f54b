package allmende.app.pseudonyms;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pseudonyms in the database. What adds or removes runs in a transaction that has locked the domain; that no two originals
 * share a pseudonym is the primary key's doing all the same.
 */
final class PseudonymTable {

    private final PseudonymTables tables;
    private final SecureRandom random;

    PseudonymTable(PseudonymTables tables, SecureRandom random) {
        this.tables = tables;
        this.random = random;
    }

    /**
     * A place for a pseudonym.
     *
     * @param lookup by what its original is found
     * @param number how many pseudonyms of the original come before it
     */
    record Place(String original, ByteBuffer lookup, int number) {}

    /** The first pseudonyms of those originals that have one, by what the originals are found by. */
    Map<ByteBuffer, String> firsts(int domain, Collection<ByteBuffer> lookups) {
        Map<ByteBuffer, String> found = new HashMap<>();
        tables.jdbc()
                .sql("select lookup, pseudonym from pseudonym where domain = ? and lookup = any(?) and number = 0")
                .params(domain, array(lookups))
                .query((row, n) -> found.put(ByteBuffer.wrap(row.getBytes(1)), row.getString(2)))
                .list();
        return found;
    }

    /** All pseudonyms of an original, the oldest first. */
    List<String> all(int domain, ByteBuffer lookup) {
        return tables.jdbc()
                .sql("select pseudonym from pseudonym where domain = ? and lookup = ? order by number")
                .params(domain, bytes(lookup))
                .query((row, number) -> row.getString("pseudonym"))
                .list();
    }

    /** How many of these are pseudonyms of the domain. */
    long count(int domain, Collection<String> pseudonyms) {
        return tables.jdbc()
                .sql("select count(*) from pseudonym where domain = ? and pseudonym = any(?)")
                .params(domain, SqlText.texts(pseudonyms))
                .query(Long.class)
                .single();
    }

    /** Draws a pseudonym for each place and stores it; what was drawn before by chance is drawn anew. In the order of places. */
    List<String> fill(PseudonymDomain domain, Originals originals, List<Place> places) {
        Map<Place, String> drawn = new HashMap<>();
        List<Place> open = places;
        while (!open.isEmpty()) {
            open = insert(domain, originals, open, drawn);
        }
        return places.stream().map(drawn::get).toList();
    }

    /** The places that found none, since what was drawn for them is taken. */
    private List<Place> insert(
            PseudonymDomain domain, Originals originals, List<Place> places, Map<Place, String> drawn) {
        Set<String> fresh = new HashSet<>();
        List<String> pseudonyms = new ArrayList<>(places.size());
        List<byte[]> sealed = new ArrayList<>(places.size());
        for (Place place : places) {
            String pseudonym = domain.form().draw(random);
            while (!fresh.add(pseudonym)) {
                pseudonym = domain.form().draw(random);
            }
            pseudonyms.add(pseudonym);
            sealed.add(originals.seal(pseudonym, place.original()));
        }
        Set<String> stored = store(domain, places, pseudonyms, sealed);
        List<Place> left = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (stored.contains(pseudonyms.get(i))) {
                drawn.put(places.get(i), pseudonyms.get(i));
            } else {
                left.add(places.get(i));
            }
        }
        return left;
    }

    /** Stores what was not there; tells the pseudonyms that now are. */
    private Set<String> store(
            PseudonymDomain domain, List<Place> places, List<String> pseudonyms, List<byte[]> sealed) {
        return new HashSet<>(tables.jdbc()
                .sql("""
                        insert into pseudonym (domain, pseudonym, lookup, number, original)
                        select ?, p, l, n, o from unnest(?, ?, ?, ?) as new (p, l, n, o)
                        on conflict (domain, pseudonym) do nothing returning pseudonym""")
                .params(
                        domain.id(),
                        SqlText.texts(pseudonyms),
                        array(places.stream().map(Place::lookup).toList()),
                        SqlText.numbers(places.stream().map(Place::number).toList()),
                        SqlText.bytes(sealed))
                .query(String.class)
                .list());
    }

    /**
     * Stores pseudonyms that were made elsewhere, each for its place.
     *
     * @throws IllegalStateException if one was there
     */
    void give(PseudonymDomain domain, Originals originals, List<Place> places, List<String> pseudonyms) {
        List<byte[]> sealed = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            sealed.add(originals.seal(pseudonyms.get(i), places.get(i).original()));
        }
        if (store(domain, places, pseudonyms, sealed).size() != places.size()) {
            throw new IllegalStateException("A pseudonym was there although its domain was locked");
        }
    }

    /** The pseudonyms of these originals, those of each in their order, by what the originals are found by. */
    Map<ByteBuffer, List<String>> all(int domain, Collection<ByteBuffer> lookups) {
        Map<ByteBuffer, List<String>> found = new HashMap<>();
        tables.jdbc()
                .sql("select lookup, pseudonym from pseudonym where domain = ? and lookup = any(?) order by number")
                .params(domain, array(lookups))
                .query((row, n) -> found.computeIfAbsent(ByteBuffer.wrap(row.getBytes(1)), _ -> new ArrayList<>())
                        .add(row.getString(2)))
                .list();
        return found;
    }

    /** Those of these that are pseudonyms of the domain, anonymised ones too. */
    Set<String> taken(int domain, Collection<String> pseudonyms) {
        return new HashSet<>(tables.jdbc()
                .sql("select pseudonym from pseudonym where domain = ? and pseudonym = any(?)")
                .params(domain, SqlText.texts(pseudonyms))
                .query(String.class)
                .list());
    }

    /** The originals of those pseudonyms that have one. */
    Map<String, String> originals(int domain, Originals originals, Collection<String> pseudonyms) {
        Map<String, String> found = new HashMap<>();
        tables.jdbc()
                .sql("select pseudonym, original from pseudonym where domain = ? and pseudonym = any(?)"
                        + " and original is not null")
                .params(domain, SqlText.texts(pseudonyms))
                .query((row, n) -> found.put(row.getString(1), originals.open(row.getString(1), row.getBytes(2))))
                .list();
        return found;
    }

    /** Deletes all pseudonyms of these originals and tells which they were. */
    List<String> delete(int domain, Collection<ByteBuffer> lookups) {
        return tables.jdbc()
                .sql("delete from pseudonym where domain = ? and lookup = any(?) returning pseudonym")
                .params(domain, array(lookups))
                .query((row, number) -> row.getString("pseudonym"))
                .list();
    }

    /** Keeps the pseudonyms of these originals, but forgets whose they are; tells which they were. */
    List<String> anonymise(int domain, Collection<ByteBuffer> lookups) {
        return tables.jdbc()
                .sql("update pseudonym set lookup = null, original = null where domain = ? and lookup = any(?)"
                        + " returning pseudonym")
                .params(domain, array(lookups))
                .query((row, number) -> row.getString("pseudonym"))
                .list();
    }

    private static Object array(Collection<ByteBuffer> lookups) {
        return SqlText.bytes(lookups.stream().map(PseudonymTable::bytes).toList());
    }

    private static byte[] bytes(ByteBuffer lookup) {
        byte[] bytes = new byte[lookup.remaining()];
        lookup.duplicate().get(bytes);
        return bytes;
    }
}
