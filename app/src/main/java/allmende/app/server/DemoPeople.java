package allmende.app.server;

import allmende.app.identity.Account;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.NewAccount;
import allmende.app.identity.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The people of the demo country. Their passwords are public, which is why the demo listens on the loopback only. */
public final class DemoPeople {

    private static final String RESEARCHER = "forschung";
    private static final String NEWCOMER = "neuling";
    private static final String COORDINATION = "koordination";
    private static final String ADMIN = "verwaltung";
    private static final String STAFF = "standort";

    private DemoPeople() {}

    /** The password of all of them, for everybody to read. */
    static final String PASSWORD = "Gemeingut macht schlau";

    /** Makes the accounts that are not there yet. */
    public static void move(Country country, Path folder, List<Country.Town> towns) {
        AccountDesk desk = country.portal().bean(AccountDesk.class);
        desk.ensure(person(RESEARCHER, "Dr. Rike Forschung", "Universität Morgenfurt", Role.RESEARCHER), PASSWORD);
        Account newcomer = desk.ensure(person(NEWCOMER, "Noa Neuling", "", Role.RESEARCHER), PASSWORD);
        if (newcomer.affiliation().isEmpty()) {
            desk.setAffiliation(newcomer.id(), "Hochschule Silbertann");
        }
        desk.ensure(person(COORDINATION, "Kim Koordination", "Koordinationsstelle", Role.COORDINATION), PASSWORD);
        desk.ensure(person(ADMIN, "Alex Verwaltung", "Koordinationsstelle", Role.ADMIN), PASSWORD);
        for (Country.Town town : towns) {
            new LocalUsers(town.location(folder).users()).add(STAFF, PASSWORD);
        }
    }

    private static NewAccount person(String name, String displayName, String affiliation, Role role) {
        return new NewAccount(name, displayName, name + "@allmende.example", affiliation, Set.of(role));
    }
}
