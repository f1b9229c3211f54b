package allmende.app.identity;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import allmende.core.digest.Sha256;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Changes accounts; each act is noted in the audit trail. */
public final class AccountDesk {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,47}");

    private final IdentityTables tables;
    private final Accounts accounts;
    private final PasswordEncoder encoder;
    private final LoginGuard guard;
    private final AuditTrail audit;
    private final Sessions sessions;
    private final InstantSource clock;

    AccountDesk(Accounts accounts, Tools tools, AuditTrail audit, Sessions sessions) {
        this.accounts = accounts;
        this.tables = tools.tables();
        this.encoder = tools.encoder();
        this.guard = tools.guard();
        this.clock = tools.clock();
        this.audit = audit;
        this.sessions = sessions;
    }

    /** What acts on accounts need of the machine. */
    record Tools(IdentityTables tables, PasswordEncoder encoder, LoginGuard guard, InstantSource clock) {}

    /** Whether this can be the name of an account: 2 to 48 small letters, digits, dots, hyphens, underscores. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Makes an account for somebody else, with a random password that is returned once.
     *
     * @return nothing where the name is taken or can't be one
     */
    public Optional<String> create(NewAccount person, String by) {
        if (!isName(person.name()) || accounts.find(person.name()).isPresent()) {
            return Optional.empty();
        }
        String password = LocalUsers.generatePassword();
        insert(person, encoder.encode(password), by);
        return Optional.of(password);
    }

    /**
     * Makes sure that an account is there, with its affiliation confirmed; for setting up a portal, so the password is
     * taken as it is. An account that exists is left alone.
     */
    public Account ensure(NewAccount person, String password) {
        return accounts.find(person.name()).orElseGet(() -> {
            Account account = insert(person, encoder.encode(password), AuditEvent.SYSTEM);
            if (!person.affiliation().isEmpty()) {
                confirm(account.id(), AuditEvent.SYSTEM);
            }
            return accounts.find(account.id()).orElse(account);
        });
    }

    /** Makes an account, with this hash of its password or none. */
    Account insert(NewAccount person, @Nullable String passwordHash, String by) {
        if (!isName(person.name())) {
            throw new IllegalArgumentException("This can't be the name of an account");
        }
        Timestamp now = Timestamp.from(clock.instant());
        long id = tables.transactions().execute(status -> {
            KeyHolder key = new GeneratedKeyHolder();
            tables.jdbc()
                    .sql("""
                            insert into account
                              (name, display_name, email, affiliation, password_hash, password_changed_at, created_at)
                            values (?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(person.name(), person.displayName(), person.email(), person.affiliation())
                    .param(passwordHash)
                    .params(now, now)
                    .update(key, "id");
            long made = Objects.requireNonNull(key.getKey()).longValue();
            writeRoles(made, person.roles());
            return made;
        });
        note(by, "account.created", person.name(), String.join(" ", names(person.roles())));
        return accounts.find(id).orElseThrow();
    }

    /** Makes an account without a password for who a provider says somebody is, or returns the one that there is. */
    Account insertLinked(NewAccount person, String issuer, String subject) {
        try {
            return Objects.requireNonNull(tables.transactions().execute(status -> {
                Account account = insert(person, null, "provider:" + issuer);
                tables.jdbc()
                        .sql("insert into external_identity (issuer, subject, account_id) values (?, ?, ?)")
                        .params(issuer, subject, account.id())
                        .update();
                note(AuditEvent.SYSTEM, "account.linked", account.name(), issuer);
                return account;
            }));
        } catch (DuplicateKeyException e) {
            // Two tabs came back from the provider at the same time.
            return accounts.ofSubject(issuer, subject).orElseThrow(() -> e);
        }
    }

    /** Whether the account logs in with a password of its own; otherwise through the provider alone. */
    public boolean hasPassword(long id) {
        return tables.jdbc()
                .sql("select password_hash is not null as has from account where id = ?")
                .param(id)
                .query((row, number) -> row.getBoolean("has"))
                .single();
    }

    /** Ties an account to a Patient resource, or to none with null. */
    void setPatient(long id, @Nullable String patient, String by) {
        if (patient == null
                ? accounts.patient(id).isEmpty()
                : patient.equals(accounts.patient(id).orElse(null))) {
            return;
        }
        tables.jdbc()
                .sql("update account set patient_id = ? where id = ?")
                .param(patient)
                .param(id)
                .update();
        note(by, "account.patient", name(id), patient == null ? null : "sha256:" + Sha256.hex(patient));
        sessions.endAll(name(id));
    }

    /**
     * Gives an account exactly these roles; its sessions end, so that they take effect at once.
     *
     * @return false, and nothing is changed, where the portal would be left without an administrator
     */
    public boolean setRoles(long id, Set<Role> roles, String by) {
        boolean done = Boolean.TRUE.equals(tables.transactions().execute(status -> {
            tables.jdbc().sql("lock table account_role in exclusive mode").update();
            if (!roles.contains(Role.ADMIN) && lastAdmin(id)) {
                return false;
            }
            tables.jdbc()
                    .sql("delete from account_role where account_id = ?")
                    .param(id)
                    .update();
            writeRoles(id, roles);
            return true;
        }));
        if (done) {
            note(by, "account.roles", name(id), String.join(" ", names(roles)));
            sessions.endAll(name(id));
        }
        return done;
    }

    /**
     * Shuts an account and ends its sessions.
     *
     * @return false, and nothing is changed, where the portal would be left without an administrator
     */
    public boolean lock(long id, String by) {
        if (lastAdmin(id)) {
            return false;
        }
        set(id, "locked = ?", true);
        note(by, "account.locked", name(id), null);
        sessions.endAll(name(id));
        return true;
    }

    /** Opens an account that an administrator had shut. */
    public void unlock(long id, String by) {
        set(id, "locked = ?", false);
        note(by, "account.unlocked", name(id), null);
    }

    /** Sets another password; all sessions end except the one with this id (null for none). */
    void setPassword(long id, String password, String by, @Nullable String keptSession) {
        tables.jdbc()
                .sql("update account set password_hash = ?, password_changed_at = ? where id = ?")
                .params(encoder.encode(password), Timestamp.from(clock.instant()), id)
                .update();
        note(by, "password.changed", name(id), null);
        sessions.endOthers(name(id), keptSession);
    }

    /**
     * Changes one's own password; all other sessions end.
     *
     * @param keptSession id of the session that stays
     * @return the key of a message about what is wrong; nothing is changed then
     */
    public Optional<String> changePassword(Account account, String old, String fresh, String keptSession) {
        String hash = tables.jdbc()
                .sql("select coalesce(password_hash, '') as hash from account where id = ?")
                .param(account.id())
                .query((row, number) -> row.getString("hash"))
                .single();
        if (guard.closed(account.name(), "") || !encoder.matches(old, hash)) {
            guard.failed(account.name(), "");
            return Optional.of("password.fault.old");
        }
        Optional<String> fault = Registration.faultOf(
                fresh, List.of(account.name(), account.displayName(), account.email(), account.affiliation()));
        if (fault.isEmpty()) {
            setPassword(account.id(), fresh, account.name(), keptSession);
        }
        return fault;
    }

    /** Until when the name has to wait after wrong passwords, if it has to. */
    public Optional<Instant> waitsUntil(String name) {
        return guard.waitsUntil(name);
    }

    /** Ends the wait after wrong passwords. */
    public void endWait(String name, String by) {
        guard.reset(name);
        note(by, "account.wait-ended", name, null);
    }

    /** Notes that somebody has logged in. */
    void entered(long id) {
        tables.jdbc()
                .sql("update account set last_login_at = ? where id = ?")
                .params(Timestamp.from(clock.instant()), id)
                .update();
        String name = name(id);
        audit.record(AuditEvent.of(name, "session.login", "account:" + name));
    }

    /** Sets a new random password, which is returned once; all sessions end. */
    public String resetPassword(long id, String by) {
        String password = LocalUsers.generatePassword();
        setPassword(id, password, by, null);
        return password;
    }

    /** Changes what a person says about where they work; it has to be confirmed anew. */
    public void setAffiliation(long id, String affiliation) {
        tables.jdbc().sql("""
                        update account set affiliation = ?, affiliation_state = 'OPEN', affiliation_reason = null,
                          affiliation_by = null, affiliation_at = null
                        where id = ?
                        """).params(affiliation, id).update();
        note(name(id), "affiliation.changed", name(id), null);
    }

    /** Confirms where a person says to work. */
    public void confirm(long id, String by) {
        decide(id, "CONFIRMED", null, by);
        note(by, "affiliation.confirmed", name(id), null);
    }

    /** Refuses to confirm it; the person sees the reason and may correct the entry. */
    public void refuse(long id, String reason, String by) {
        decide(id, "REFUSED", reason, by);
        note(by, "affiliation.refused", name(id), reason);
    }

    private void decide(long id, String state, @Nullable String reason, String by) {
        tables.jdbc()
                .sql("""
                        update account set affiliation_state = ?, affiliation_reason = ?, affiliation_by = ?,
                          affiliation_at = ?
                        where id = ?
                        """)
                .param(state)
                .param(reason)
                .params(by, Timestamp.from(clock.instant()), id)
                .update();
    }

    private boolean lastAdmin(long id) {
        List<Long> admins = tables.jdbc()
                .sql("select a.id from account a join account_role r on r.account_id = a.id"
                        + " where r.role = 'ADMIN' and not a.locked")
                .query((row, number) -> row.getLong("id"))
                .list();
        return admins.equals(List.of(id));
    }

    private void writeRoles(long id, Collection<Role> roles) {
        JdbcClient jdbc = tables.jdbc();
        for (Role role : roles) {
            jdbc.sql("insert into account_role (account_id, role) values (?, ?)")
                    .params(id, role.name())
                    .update();
        }
    }

    private void set(long id, String assignment, Object value) {
        tables.jdbc()
                .sql("update account set " + assignment + " where id = ?")
                .params(value, id)
                .update();
    }

    private String name(long id) {
        return accounts.find(id).map(Account::name).orElse("?");
    }

    private void note(String by, String what, String name, @Nullable String detail) {
        audit.record(new AuditEvent(by, what, "account:" + name, detail));
    }

    private static Set<String> names(Collection<Role> roles) {
        Set<String> names = new TreeSet<>();
        roles.forEach(role -> names.add(role.name()));
        return names;
    }
}
