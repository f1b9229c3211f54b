package allmende.app.server;

import allmende.app.administration.DemoGuide;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.FederationOptions;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.Outpost;
import allmende.app.federation.PartyId;
import allmende.app.identity.Access;
import allmende.app.site.Settings;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.engine.store.StoreLocation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A portal and its sites in one process, on the loopback: each has its own folder, database, key, policy and HTTP server,
 * and they know of each other only what goes over HTTP. They share the process, the PostgreSQL server and the code systems.
 */
public final class Country implements AutoCloseable {

    private static final String NAME = "Allmende-Portal";
    private static final long POLL_MILLIS = 20;
    private static final int DATABASE_NAME_MAX = 60;

    private final PortalServer portal;
    private final Map<PartyId, SiteServer> sites;

    private Country(PortalServer portal, Map<PartyId, SiteServer> sites) {
        this.portal = portal;
        this.sites = sites;
    }

    /**
     * One of the sites.
     *
     * @param id its name among the parties
     * @param name its display name
     */
    public record Town(PartyId id, String name) {

        /** Where it keeps its data, below the country's folder. */
        public SiteLocation location(Path country) {
            return place(country, id.value());
        }
    }

    private static SiteLocation place(Path country, String name) {
        String letters = name.replaceAll("[^a-z0-9]", "_");
        String database = letters.substring(0, Math.min(letters.length(), DATABASE_NAME_MAX));
        return new SiteLocation(country.resolve(name), new StoreLocation.Embedded(country, database));
    }

    /**
     * Starts the portal, then the sites, and lets them join; returns when all listen.
     *
     * @param folder data folder of the whole country
     * @param port port of the portal, the sites follow; 0 for any free ones
     * @param guide what the portal tells its visitors
     * @throws allmende.app.site.SiteUnavailable if a port or folder can't be used
     */
    public static Country start(Path folder, int port, List<Town> towns, DemoGuide guide) {
        Supplier<SiteData.Rules> rules = once(() -> SiteData.Rules.load(SiteLocation.embedded(folder)));
        PortalServer portal = PortalServer.start(portalOptions(folder, port), rules, guide);
        Country country = new Country(portal, new LinkedHashMap<>());
        try {
            FederationOptions.Link link = FederationOptions.Link.to(URI.create(portal.url()))
                    .expecting(portal.bean(Hub.class).fingerprint());
            for (int i = 0; i < towns.size(); i++) {
                Town town = towns.get(i);
                ServerOptions options = new ServerOptions(
                                town.location(folder), Door.loopback(port == 0 ? 0 : port + 1 + i), Access.LOGIN)
                        .federated(new Federated(town.id(), town.name(), link))
                        .sharing(rules);
                country.sites.put(town.id(), SiteServer.start(options));
            }
            return country;
        } catch (RuntimeException e) {
            country.close();
            throw e;
        }
    }

    private static PortalOptions portalOptions(Path folder, int port) {
        SiteLocation location = place(folder, "portal");
        return new PortalOptions(location, Door.loopback(port), NAME, Settings.read(location.data()));
    }

    private static <T> Supplier<T> once(Supplier<T> source) {
        return new Supplier<>() {
            private @Nullable T value;

            @Override
            public synchronized T get() {
                T known = value;
                if (known == null) {
                    known = source.get();
                    value = known;
                }
                return known;
            }
        };
    }

    /**
     * Accepts the sites that ask to join, each after its fingerprint was compared with the one that it shows itself, until
     * all take part.
     *
     * @return whether all do within this time
     */
    public boolean join(Duration max) throws InterruptedException {
        Hub hub = portal.bean(Hub.class);
        long end = System.nanoTime() + max.toNanos();
        while (System.nanoTime() < end) {
            for (EnrolmentRequest request : hub.requests()) {
                SiteServer site = sites.get(request.party());
                if (site != null && site.bean(Outpost.class).fingerprint().equals(request.fingerprint())) {
                    hub.accept(request.id(), "demo");
                }
            }
            if (taking(hub).containsAll(sites.keySet())) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    private static Set<PartyId> taking(Hub hub) {
        return hub.members().stream()
                .filter(member -> member.state() == Member.State.ENROLLED && member.connected())
                .map(Member::id)
                .collect(Collectors.toSet());
    }

    /** The portal. */
    public PortalServer portal() {
        return portal;
    }

    /** The sites in the order in which they were given. */
    public List<SiteServer> sites() {
        return List.copyOf(sites.values());
    }

    @Override
    public void close() {
        List<SiteServer> reversed = new ArrayList<>(sites.values()).reversed();
        reversed.forEach(SiteServer::close);
        portal.close();
    }
}
