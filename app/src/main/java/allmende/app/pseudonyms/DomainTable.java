package allmende.app.pseudonyms;

import allmende.core.deident.pseudonym.Alphabet;
import allmende.core.deident.pseudonym.CheckMethod;
import allmende.core.deident.pseudonym.PseudonymForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The domains in the database. */
final class DomainTable {

    private static final Duration USE_NOTED = Duration.ofMinutes(1);
    private static final String COLUMNS = "d.id, d.name, p.name as parent_name, d.symbols, d.length, d.check_method,"
            + " d.prefix, d.several, d.deletes, d.held, d.made_at, d.made_by, d.used_at"
            + " from pseudonym_domain d left join pseudonym_domain p on p.id = d.parent";

    private final PseudonymTables tables;
    private final InstantSource clock;
    private final Map<Integer, Instant> used = new ConcurrentHashMap<>();

    DomainTable(PseudonymTables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
    }

    Optional<PseudonymDomain> find(String name) {
        return tables.jdbc()
                .sql("select " + COLUMNS + " where d.name = ?")
                .param(SqlText.storable(name))
                .query(DomainTable::domain)
                .optional();
    }

    List<PseudonymDomain> all() {
        return tables.jdbc()
                .sql("select " + COLUMNS + " order by d.name")
                .query(DomainTable::domain)
                .list();
    }

    /** The domains whose originals are pseudonyms of this one. */
    List<PseudonymDomain> children(int domain) {
        return tables.jdbc()
                .sql("select " + COLUMNS + " where d.parent = ? order by d.id")
                .param(domain)
                .query(DomainTable::domain)
                .list();
    }

    /** Makes it; false where its name is taken or its parent unknown. */
    boolean add(NewDomain wanted, String by) {
        PseudonymForm form = wanted.form();
        return tables.jdbc()
                        .sql("""
                        insert into pseudonym_domain
                          (name, parent, symbols, length, check_method, prefix, several, deletes, room, made_by)
                        select :name, (select id from pseudonym_domain where name = :parent), :symbols, :length, :check,
                          :prefix, :several, :deletes, :room, :by
                        where :parent::text is null or exists (select 1 from pseudonym_domain where name = :parent)
                        on conflict (name) do nothing""")
                        .param("name", wanted.name())
                        .param("parent", wanted.parent())
                        .param("symbols", form.alphabet().symbols())
                        .param("length", form.length())
                        .param("check", form.check().name())
                        .param("prefix", form.prefix())
                        .param("several", wanted.policy().several())
                        .param("deletes", wanted.policy().deletes())
                        .param("room", form.room())
                        .param("by", by)
                        .update()
                == 1;
    }

    /** Locks a domain until the end of the transaction and tells how many pseudonyms it holds. */
    long lock(int domain) {
        return tables.jdbc()
                .sql("select held from pseudonym_domain where id = ? for update")
                .param(domain)
                .query(Long.class)
                .single();
    }

    /** Notes that the domain holds so many more, or fewer; it must be locked. */
    void held(int domain, long more) {
        tables.jdbc()
                .sql("update pseudonym_domain set held = held + ?, used_at = ? where id = ?")
                .params(more, Timestamp.from(clock.instant()), domain)
                .update();
    }

    /** Notes that a pseudonym was looked up; once a minute is enough. */
    void used(int domain) {
        Instant now = clock.instant();
        Instant noted = used.get(domain);
        if (noted == null || noted.plus(USE_NOTED).isBefore(now)) {
            used.put(domain, now);
            tables.jdbc()
                    .sql("update pseudonym_domain set used_at = ? where id = ?")
                    .params(Timestamp.from(now), domain)
                    .update();
        }
    }

    private static PseudonymDomain domain(ResultSet row, int number) throws SQLException {
        Timestamp used = row.getTimestamp("used_at");
        return new PseudonymDomain(
                row.getInt("id"),
                row.getString("name"),
                row.getString("parent_name"),
                new PseudonymForm(
                        new Alphabet(row.getString("symbols")),
                        row.getInt("length"),
                        CheckMethod.valueOf(row.getString("check_method")),
                        row.getString("prefix")),
                new PseudonymDomain.Policy(row.getBoolean("several"), row.getBoolean("deletes")),
                row.getLong("held"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("made_by"),
                used == null ? null : used.toInstant());
    }
}
