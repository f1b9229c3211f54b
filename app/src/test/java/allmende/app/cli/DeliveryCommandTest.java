package allmende.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.Words;
import allmende.engine.delivery.DeliveryFacts;
import allmende.engine.delivery.DeliveryFormat;
import allmende.engine.delivery.DeliveryPlan;
import allmende.engine.delivery.DeliveryWriter;
import allmende.engine.delivery.ProfileKnowledge;
import allmende.engine.delivery.RecipientKey;
import allmende.engine.delivery.Sealing;
import allmende.engine.extract.BatchSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A recipient makes a key, opens what was sealed for it, and checks it. */
class DeliveryCommandTest {

    @TempDir
    private Path temp;

    @Test
    void fromKeyToCheckedData() throws IOException {
        assertThat(Typed.run("delivery", "key", "new", temp.resolve("mine").toString())
                        .code())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("mine.pem"))))
                .isEqualTo("rw-------");
        Typed again = Typed.run("delivery", "key", "new", temp.resolve("mine").toString());
        assertThat(again.code()).isEqualTo(Commands.FAILED);
        assertThat(again.err()).contains("already");
        Typed shown = Typed.run(
                "delivery", "key", "show", temp.resolve("mine.pub.pem").toString());
        assertThat(shown.out()).startsWith("EC P-384");

        Path sealed = sealed(Files.readString(temp.resolve("mine.pub.pem")));
        Path out = temp.resolve("out");
        Typed opened = Typed.run(
                "delivery",
                "open",
                sealed.toString(),
                "--key",
                temp.resolve("mine.pem").toString(),
                "--out",
                out.toString());
        assertThat(opened.code()).as(opened.err()).isZero();
        Typed checked = Typed.run("delivery", "check", out.toString());
        assertThat(checked.code()).as(checked.err()).isZero();
        assertThat(checked.out()).contains("1  tables/patient.csv");

        Files.writeString(out.resolve("tables/patient.csv"), "changed");
        Typed changed = Typed.run("delivery", "check", out.toString());
        assertThat(changed.code()).isEqualTo(Commands.FAILED);
        assertThat(changed.out()).contains("changed").contains("tables/patient.csv");
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws IOException {
        Typed.run("delivery", "key", "new", temp.resolve("one").toString());
        Typed.run("delivery", "key", "new", temp.resolve("two").toString());
        Path sealed = sealed(Files.readString(temp.resolve("one.pub.pem")));
        Typed other = Typed.run(
                "delivery",
                "open",
                sealed.toString(),
                "--key",
                temp.resolve("two.pem").toString(),
                "--out",
                temp.resolve("o").toString());
        assertThat(other.code()).isEqualTo(Commands.FAILED);
        assertThat(other.err()).contains("sealed for another key");
        assertThat(temp.resolve("o")).doesNotExist();
        assertThat(Typed.run("delivery", "check", temp.toString()).err()).contains("no readable list of checksums");
        assertThat(Typed.run("delivery", "key", "show", temp.resolve("one.pem").toString())
                        .err())
                .contains("This is a private key");
    }

    private Path sealed(String pem) throws IOException {
        AttributeGroup group = new AttributeGroup(
                "p",
                "Patient",
                "p",
                false,
                List.of(new Attribute("Patient.gender", false, List.of(), "")),
                List.of(),
                "");
        DeliveryFacts facts = new DeliveryFacts(
                "d", "p", "t", "s", Instant.EPOCH, 1, LocalDate.EPOCH, "none", "", "", new Words("", ""), "Allmende");
        DeliveryWriter writer = DeliveryWriter.open(
                temp.resolve("d"),
                DeliveryPlan.of(
                        new Extraction(List.of(group)),
                        ProfileKnowledge.shipped(),
                        EnumSet.allOf(DeliveryFormat.class),
                        facts));
        try (BatchSink batch = writer.batch(1)) {
            ObjectNode patient = (ObjectNode) FhirJson.parse(
                    "{\"resourceType\":\"Patient\",\"id\":\"1\",\"gender\":\"male\"}".getBytes(StandardCharsets.UTF_8));
            batch.patient("1", List.of(new Extracted(patient, new TreeSet<>(List.of("p")))));
            batch.complete();
        }
        RecipientKey key = ((RecipientKey.Outcome.Read) RecipientKey.read(pem)).key();
        Sealing.seal(writer.finish().folder(), key, temp.resolve("sealed.cms"));
        return temp.resolve("sealed.cms");
    }
}
