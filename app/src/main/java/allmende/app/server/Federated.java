package allmende.app.server;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.LinkUnusable;
import allmende.app.federation.PartyId;
import allmende.app.federation.setup.OutpostConfiguration;
import allmende.app.site.DataFolder;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a site takes part in a federation.
 *
 * @param id its name among the parties
 * @param name its display name
 * @param link how it reaches the portal
 */
public record Federated(PartyId id, String name, FederationOptions.Link link) {

    private static final int ID_LENGTH_MAX = 40;

    /**
     * What the settings say of it; null where they name no portal.
     *
     * @throws SiteUnavailable if they name a portal but not the site
     */
    public static @Nullable Federated of(SiteLocation location, Settings settings) {
        String portal = settings.get(Settings.Key.PORTAL);
        if (portal == null) {
            return null;
        }
        String name = settings.get(Settings.Key.NAME);
        if (name == null) {
            throw new SiteUnavailable(
                    "The settings name a portal but not this site.",
                    "Add a line such as \"name = University Hospital of ...\" to "
                            + location.data().resolve(Settings.FILE) + ".");
        }
        FederationOptions.Tls tls = new FederationOptions.Tls(
                settings.get(Settings.Key.PORTAL_CERTIFICATE),
                null,
                settings.file(Settings.Key.CLIENT_TLS),
                System.getenv("ALLMENDE_CLIENT_TLS_PASSWORD"));
        FederationOptions.Link link = new FederationOptions.Link(
                URI.create(portal),
                settings.get(Settings.Key.PORTAL_FINGERPRINT),
                settings.get(Settings.Key.PROXY),
                tls);
        return new Federated(id(location, name), name, link);
    }

    /**
     * Sees whether the link can be followed.
     *
     * @throws SiteUnavailable if it can't
     */
    void check() {
        try {
            OutpostConfiguration.check(link);
        } catch (LinkUnusable e) {
            throw new SiteUnavailable(String.valueOf(e.getMessage()), e.advice());
        }
    }

    /** The name among the parties: made of the display name once, and kept when that changes. */
    static PartyId id(SiteLocation location, String name) {
        Path file = location.keys().resolve("party");
        try {
            if (Files.exists(file)) {
                return new PartyId(Files.readString(file).strip());
            }
            DataFolder.prepare(location.keys());
            PartyId id = new PartyId(slug(name));
            Files.writeString(file, id.value());
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " can't be used", e);
        }
    }

    private static String slug(String name) {
        String plain = name.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
        String letters = Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        String bounded = letters.substring(0, Math.min(letters.length(), ID_LENGTH_MAX));
        return PartyId.isValid(bounded) ? bounded : "site-" + bounded;
    }
}
