package allmende.app.identity;

import allmende.app.audit.IdentityTables;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The accounts of a portal. Whoever can write the portal's data folder is its administrator: a name in the file of local
 * users becomes an account with the role ADMIN at its first login.
 */
final class AccountDirectory implements PasswordLogin.Directory {

    private final IdentityTables tables;
    private final Accounts accounts;
    private final AccountDesk desk;
    private final LocalUsers operators;

    AccountDirectory(IdentityTables tables, Accounts accounts, AccountDesk desk, LocalUsers operators) {
        this.tables = tables;
        this.accounts = accounts;
        this.desk = desk;
        this.operators = operators;
    }

    private record Found(String hash, boolean locked) {}

    @Override
    public Optional<PasswordLogin.Entry> find(String name) {
        Optional<Found> found = tables.jdbc()
                .sql("select coalesce(password_hash, '') as hash, locked from account where name = ?")
                .param(name)
                .query((row, number) -> new Found(row.getString("hash"), row.getBoolean("locked")))
                .optional();
        if (found.isPresent()) {
            return found.filter(account -> !account.locked() && !account.hash().isEmpty())
                    .map(account -> new PasswordLogin.Entry(name, account.hash()));
        }
        return operators.hash(name).map(hash -> new PasswordLogin.Entry(name, hash));
    }

    @Override
    public SignedIn enter(PasswordLogin.Entry entry) {
        Account account = accounts.find(entry.name())
                .orElseGet(() -> desk.insert(
                        new NewAccount(entry.name(), entry.name(), "", "", Set.of(Role.ADMIN)),
                        entry.hash(),
                        "system"));
        return new SignedIn(account.id(), account.name());
    }

    @Override
    public Collection<Role> roles(SignedIn person) {
        return accounts.find(person.account())
                .map(Account::roles)
                .map(List::copyOf)
                .orElse(List.of());
    }
}
