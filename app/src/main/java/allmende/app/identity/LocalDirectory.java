package allmende.app.identity;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The local users of a site, with the roles of its file. */
final class LocalDirectory implements PasswordLogin.Directory {

    private final LocalUsers users;

    LocalDirectory(LocalUsers users) {
        this.users = users;
    }

    @Override
    public Optional<PasswordLogin.Entry> find(String name) {
        return users.hash(name).map(hash -> new PasswordLogin.Entry(name, hash));
    }

    @Override
    public SignedIn enter(PasswordLogin.Entry entry) {
        return new SignedIn(
                0,
                entry.name(),
                users.find(entry.name()).map(LocalUsers.User::patient).orElse(null));
    }

    @Override
    public Collection<Role> roles(SignedIn person) {
        return users.find(person.name()).map(LocalUsers.User::roles).orElse(Set.of());
    }
}
