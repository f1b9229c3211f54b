package allmende.app.federation.exchange;

import static allmende.app.federation.exchange.PostgresStore.time;

import allmende.app.federation.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parties, requests to take part, settings and decisions in PostgreSQL. */
class PostgresParties extends PostgresTasks implements Parties {

    private static final String APPLICATION = "thumbprint, party, name, key, certificate, at, state";

    PostgresParties(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    public List<Party> parties() {
        return jdbc.sql("select id, name, key, thumbprint, certificate, revoked from party order by id")
                .query((row, index) -> new Party(
                        new PartyId(row.getString("id")),
                        row.getString("name"),
                        row.getString("key"),
                        row.getString("thumbprint"),
                        row.getString("certificate"),
                        row.getBoolean("revoked")))
                .list();
    }

    @Override
    public void put(Party party) {
        jdbc.sql("insert into party (id, name, key, thumbprint, certificate, revoked)"
                        + " values (:id, :name, :key, :thumbprint, :certificate, :revoked) on conflict (id) do update"
                        + " set name = excluded.name, key = excluded.key, thumbprint = excluded.thumbprint,"
                        + " certificate = excluded.certificate, revoked = excluded.revoked")
                .param("id", party.id().value())
                .param("name", party.name())
                .param("key", party.key())
                .param("thumbprint", party.thumbprint())
                .param("certificate", party.certificate())
                .param("revoked", party.revoked())
                .update();
    }

    @Override
    public List<String> revokedKeys() {
        return jdbc.sql("select thumbprint from revoked_key order by thumbprint")
                .query((row, index) -> row.getString(1))
                .list();
    }

    @Override
    public void revokeKey(String thumbprint, PartyId party) {
        jdbc.sql("insert into revoked_key (thumbprint, party) values (:thumbprint, :party) on conflict do nothing")
                .param("thumbprint", thumbprint)
                .param("party", party.value())
                .update();
    }

    @Override
    public List<Applied> applications() {
        return jdbc.sql("select " + APPLICATION + " from application order by at, thumbprint")
                .query((row, index) -> applied(row))
                .list();
    }

    @Override
    public Optional<Applied> application(String thumbprint) {
        return jdbc.sql("select " + APPLICATION + " from application where thumbprint = :thumbprint")
                .param("thumbprint", thumbprint)
                .query((row, index) -> applied(row))
                .optional();
    }

    private static Applied applied(ResultSet row) throws SQLException {
        return new Applied(
                row.getString("thumbprint"),
                new PartyId(row.getString("party")),
                row.getString("name"),
                row.getString("key"),
                row.getString("certificate"),
                PostgresQuestions.at(row, "at"),
                Applied.State.valueOf(row.getString("state")));
    }

    @Override
    public void put(Applied application) {
        jdbc.sql("insert into application (" + APPLICATION + ")"
                        + " values (:thumbprint, :party, :name, :key, :certificate, :at, :state)"
                        + " on conflict (thumbprint) do update set state = excluded.state")
                .param("thumbprint", application.thumbprint())
                .param("party", application.party().value())
                .param("name", application.name())
                .param("key", application.key())
                .param("certificate", application.certificate())
                .param("at", time(application.at()))
                .param("state", application.state().name())
                .update();
    }

    @Override
    public Optional<String> setting(String name) {
        return jdbc.sql("select value from setting where name = :name")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    @Override
    public void setting(String name, String value) {
        jdbc.sql("insert into setting (name, value) values (:name, :value)"
                        + " on conflict (name) do update set value = excluded.value")
                .param("name", name)
                .param("value", value)
                .update();
    }

    @Override
    public void decided(String by, String what, String about, Instant at) {
        jdbc.sql("insert into decision (at, person, what, about) values (:at, :person, :what, :about)")
                .param("at", time(at))
                .param("person", by)
                .param("what", what)
                .param("about", about)
                .update();
    }
}
