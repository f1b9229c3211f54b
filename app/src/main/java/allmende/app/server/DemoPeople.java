package allmende.app.server;

import allmende.app.administration.DemoGuide;
import allmende.app.administration.Wording;
import allmende.app.identity.Account;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.LocalUsers;
import allmende.app.identity.NewAccount;
import allmende.app.identity.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The people of the demo country. Their passwords are public, which is why the demo listens on the loopback only. */
public final class DemoPeople {

    private static final String RESEARCHER = "forschung";
    private static final String NEWCOMER = "neuling";
    private static final String COORDINATION = "koordination";
    private static final String ADMIN = "verwaltung";
    private static final String STAFF = "standort";
    private static final String STEWARD = "kuration";
    private static final String PHYSICIAN = "aerztin";
    private static final String AUDITOR = "revision";
    private static final String TRANSFER = "transfer";
    private static final String SECOND = "transfer2";
    private static final String LOGIN = "/login";

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
        desk.ensure(person(COORDINATION, "Kim Koordination", "Koordinierungsstelle", Role.COORDINATION), PASSWORD);
        desk.ensure(person(ADMIN, "Alex Verwaltung", "Koordinierungsstelle", Role.ADMIN), PASSWORD);
        for (Country.Town town : towns) {
            new LocalUsers(town.location(folder).users()).add(STAFF, PASSWORD);
        }
        LocalUsers large = new LocalUsers(towns.getFirst().location(folder).users());
        large.add(STEWARD, PASSWORD, Set.of(Role.DATA_STEWARD), null);
        large.add(PHYSICIAN, PASSWORD, Set.of(Role.PHYSICIAN), null);
        large.add(AUDITOR, PASSWORD, Set.of(Role.AUDITOR), null);
        large.add(TRANSFER, PASSWORD, Set.of(Role.TRANSFER_OFFICE), null);
        large.add(SECOND, PASSWORD, Set.of(Role.TRANSFER_OFFICE), null);
    }

    /** What visitors are told: who they may be, and a tour of five minutes. */
    public static DemoGuide guide(int port, List<Country.Town> towns) {
        String site = "http://" + Door.LOOPBACK + ":" + (port + 1);
        return new DemoGuide(accounts(site, towns.getFirst().name()), tour(site));
    }

    private static List<DemoGuide.ReadyAccount> accounts(String site, String large) {
        List<DemoGuide.ReadyAccount> all = new ArrayList<>(portalAccounts());
        all.addAll(siteAccounts(site, large));
        return all;
    }

    private static List<DemoGuide.ReadyAccount> portalAccounts() {
        return List.of(
                ready(
                        RESEARCHER,
                        new Wording("Researcher", "Forscherin"),
                        new Wording(
                                "Build a question and ask four hospitals.", "Eine Frage bauen und vier Häuser fragen."),
                        LOGIN),
                ready(
                        NEWCOMER,
                        new Wording("New researcher", "Neuer Forscher"),
                        new Wording(
                                "Build and estimate; asking waits for the coordination office.",
                                "Bauen und schätzen; das Fragen wartet auf die Koordinierungsstelle."),
                        LOGIN),
                ready(
                        COORDINATION,
                        new Wording("Coordination office", "Koordinierungsstelle"),
                        new Wording(
                                "Confirm where the new researcher works.",
                                "Bestätigen, wo der neue Forscher arbeitet."),
                        LOGIN),
                ready(
                        ADMIN,
                        new Wording("Administrator", "Verwaltung"),
                        new Wording(
                                "See the sites, their keys, the quotas and the audit trail.",
                                "Standorte, Schlüssel, Kontingente und Protokoll ansehen."),
                        LOGIN));
    }

    private static List<DemoGuide.ReadyAccount> siteAccounts(String site, String large) {
        return List.of(
                ready(
                        STAFF,
                        new Wording("Staff of " + large, "Team von " + large),
                        new Wording(
                                "See what has left the hospital, and pause it.",
                                "Sehen, was das Haus verlassen hat, und es anhalten."),
                        site + LOGIN),
                ready(
                        STEWARD,
                        new Wording("Data steward of " + large, "Datenkuratierung von " + large),
                        new Wording("Look at the quality of the data.", "Die Qualität der Daten ansehen."),
                        site + LOGIN),
                ready(
                        PHYSICIAN,
                        new Wording("Physician of " + large, "Ärztin in " + large),
                        new Wording("Count, and read over FHIR.", "Zählen und über FHIR lesen."),
                        site + LOGIN),
                ready(
                        TRANSFER,
                        new Wording("Transfer office of " + large, "Transferstelle von " + large),
                        new Wording(
                                "Approve a delivery; the second person is " + SECOND + ".",
                                "Eine Lieferung freigeben; die zweite Person ist " + SECOND + "."),
                        site + LOGIN),
                ready(
                        AUDITOR,
                        new Wording("Auditor of " + large, "Revision von " + large),
                        new Wording("See who accessed what.", "Sehen, wer worauf zugegriffen hat."),
                        site + LOGIN));
    }

    private static List<DemoGuide.Step> tour(String site) {
        return List.of(
                new DemoGuide.Step(
                        new Wording("Log in as a researcher", "Als Forscherin anmelden"),
                        new Wording(
                                "Use the account below. Everything you see is invented.",
                                "Nehmen Sie das Konto unten. Alles, was Sie sehen, ist erfunden."),
                        LOGIN,
                        RESEARCHER),
                new DemoGuide.Step(
                        new Wording("Build a question", "Eine Frage bauen"),
                        new Wording(
                                "Begin a new question, search for diabetes and add it. The estimate costs nothing.",
                                "Beginnen Sie eine neue Frage, suchen Sie Diabetes und fügen Sie es hinzu. Die"
                                        + " Schätzung kostet nichts."),
                        "/workbench",
                        RESEARCHER),
                new DemoGuide.Step(
                        new Wording("Ask the sites", "Die Standorte fragen"),
                        new Wording(
                                "Press the button: each hospital counts for itself and sends a noised number.",
                                "Drücken Sie den Knopf: Jedes Haus zählt selbst und sendet eine verrauschte Zahl."),
                        "/workbench",
                        RESEARCHER),
                new DemoGuide.Step(
                        new Wording("Look from the other side", "Von der anderen Seite sehen"),
                        new Wording(
                                "At the hospital, see your question in the ledger, and pause answering.",
                                "Sehen Sie im Haus Ihre Frage im Kontobuch, und halten Sie das Antworten an."),
                        site + "/site",
                        STAFF),
                new DemoGuide.Step(
                        new Wording("Ask again", "Noch einmal fragen"),
                        new Wording(
                                "The paused hospital refuses and says so; the others answer. Resume it afterwards.",
                                "Das angehaltene Haus lehnt ab und sagt es; die anderen antworten. Setzen Sie es danach"
                                        + " fort."),
                        "/workbench",
                        RESEARCHER));
    }

    private static DemoGuide.ReadyAccount ready(String name, Wording role, Wording hint, String url) {
        return new DemoGuide.ReadyAccount(name, PASSWORD, role, hint, url);
    }

    private static NewAccount person(String name, String displayName, String affiliation, Role role) {
        return new NewAccount(name, displayName, name + "@allmende.example", affiliation, Set.of(role));
    }
}
