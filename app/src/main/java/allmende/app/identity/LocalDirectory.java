package allmende.app.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The local users of a site: all of them are its staff. */
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
        return new SignedIn(0, entry.name());
    }

    @Override
    public Collection<Role> roles(SignedIn person) {
        return List.of(Role.SITE_ENGINEER);
    }
}
