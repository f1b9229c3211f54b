package allmende.engine.delivery;

import allmende.engine.files.Trees;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Iterator;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * Seals a delivery so that only its recipient opens it: a tar of the folder inside CMS AuthEnvelopedData (RFC 5083) with
 * AES-256 in Galois counter mode (RFC 5084), the key wrapped by RSA-OAEP with SHA-256 (RFC 3560) or agreed on by elliptic
 * curves (RFC 5753). Any tool that speaks CMS opens it, such as {@code openssl cms -decrypt}. Everything streams.
 */
public final class Sealing {

    /** One key may encrypt this many bytes in Galois counter mode (NIST SP 800-38D): a little less than 64 GiB. */
    public static final long MAX_BYTES = (1L << 36) - 32 - (1L << 20);

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final int BUFFER = 1 << 17;

    /** Identifier of a sequence, a length that is not told, and marks of the end of three parts (X.690, 8.1). */
    private static final int SEQUENCE = 0x30;

    private static final int OPEN_LENGTH = 0x80;
    private static final int ENDS = 6;

    private Sealing() {}

    /** The outcome of opening a sealed file. */
    public sealed interface Opened {

        /**
         * Its content is in the folder.
         *
         * @param files how many there are
         */
        record Done(Path folder, int files) implements Opened {}

        /** It was not opened, and nothing of it was left behind. */
        record Refused(Reason reason) implements Opened {}
    }

    /** Why a file was not opened. */
    public enum Reason {
        /** It is no sealed file. */
        NOT_SEALED,
        /** It was sealed for another key. */
        OTHER_KEY,
        /** It is incomplete or was changed on its way. */
        DAMAGED,
        /** The folder for its content is there already and not empty. */
        FOLDER_IN_USE;

        /** A sentence for people, in English, with what to do. */
        public String sentence() {
            return switch (this) {
                case NOT_SEALED -> "This is no sealed delivery.";
                case OTHER_KEY ->
                    "The delivery was sealed for another key. Take the private key whose public key you gave to the sender.";
                case DAMAGED ->
                    "The delivery is incomplete or was changed on its way. Fetch it again; do not use what you have.";
                case FOLDER_IN_USE -> "The folder for the content is not empty. Name another one.";
            };
        }
    }

    /**
     * Seals a folder for a recipient.
     *
     * @param target the file, which appears when it is complete
     * @return the file with its size and SHA-256
     * @throws DeliveryFailed if it can't be written, or if the folder is larger than {@link #MAX_BYTES}
     */
    public static DeliveredFile seal(Path folder, RecipientKey key, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (Packing.size(folder) > MAX_BYTES) {
                throw new DeliveryFailed("The delivery is larger than 64 GB. Deliver it in parts.", null);
            }
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part), BUFFER);
                    OutputStream sealed = generator(key).open(file, encryptor())) {
                Packing.pack(folder, sealed);
            }
            Trees.force(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return Hashes.look(
                    target.toAbsolutePath().resolveSibling(""),
                    target.getFileName().toString(),
                    -1);
        } catch (IOException problem) {
            throw abandoned(part, problem);
        } catch (CMSException | GeneralSecurityException problem) {
            throw new IllegalStateException("the delivery can't be sealed", problem);
        }
    }

    private static DeliveryFailed abandoned(Path part, IOException problem) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException second) {
            problem.addSuppressed(second);
        }
        return DeliveryFailed.writing(problem);
    }

    private static OutputAEADEncryptor encryptor() throws CMSException {
        return (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                .setProvider(PROVIDER)
                .build();
    }

    private static CMSAuthEnvelopedDataStreamGenerator generator(RecipientKey key)
            throws CMSException, GeneralSecurityException {
        CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
        generator.setBufferSize(BUFFER);
        generator.addRecipientInfoGenerator(
                key.key() instanceof ECPublicKey curve ? agreed(key, curve) : transported(key));
        return generator;
    }

    private static RecipientInfoGenerator transported(RecipientKey key) throws GeneralSecurityException {
        AlgorithmIdentifier oaep = new JcaAlgorithmParametersConverter()
                .getAlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSAES_OAEP,
                        new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        X509Certificate certificate = key.certificate();
        JceKeyTransRecipientInfoGenerator generator = certificate == null
                ? new JceKeyTransRecipientInfoGenerator(key.identifier(), oaep, key.key())
                : new JceKeyTransRecipientInfoGenerator(certificate, oaep);
        return generator.setProvider(PROVIDER);
    }

    private static RecipientInfoGenerator agreed(RecipientKey key, ECPublicKey curve)
            throws GeneralSecurityException, CMSException {
        KeyPairGenerator ephemeral = KeyPairGenerator.getInstance("EC", PROVIDER);
        ephemeral.initialize(curve.getParams());
        KeyPair pair = ephemeral.generateKeyPair();
        ASN1ObjectIdentifier scheme = "P-384".equals(Curves.name(curve.getParams()))
                ? CMSAlgorithm.ECDH_SHA384KDF
                : CMSAlgorithm.ECDH_SHA256KDF;
        JceKeyAgreeRecipientInfoGenerator generator = new JceKeyAgreeRecipientInfoGenerator(
                        scheme, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES256_WRAP)
                .setProvider(PROVIDER);
        X509Certificate certificate = key.certificate();
        PublicKey open = key.key();
        return certificate == null
                ? generator.addRecipient(key.identifier(), open)
                : generator.addRecipient(certificate);
    }

    /**
     * Opens a sealed file. Its content is written beside the folder and moved there only when all of it has proved genuine.
     *
     * @param folder does not exist, or is empty
     * @throws DeliveryFailed if the content can't be written
     */
    public static Opened open(Path file, OwnKey key, Path folder) {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            if (inUse(folder)) {
                return new Opened.Refused(Reason.FOLDER_IN_USE);
            }
            Trees.delete(part);
            Files.createDirectories(part);
            Opened opened = opened(file, key, part);
            if (opened instanceof Opened.Done(var _, int files)) {
                Files.deleteIfExists(folder);
                Files.move(part, folder);
                return new Opened.Done(folder, files);
            }
            Trees.delete(part);
            return opened;
        } catch (IOException problem) {
            throw DeliveryFailed.writing(problem);
        }
    }

    private static boolean inUse(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (var content = Files.list(folder)) {
            return content.findAny().isPresent();
        }
    }

    private static Opened opened(Path file, OwnKey key, Path part) throws IOException {
        if (!isClosed(file)) {
            return new Opened.Refused(Files.size(file) < ENDS ? Reason.NOT_SEALED : Reason.DAMAGED);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            CMSAuthEnvelopedDataParser parser;
            try {
                parser = new CMSAuthEnvelopedDataParser(new Shielded(in));
            } catch (CMSException | IOException | RuntimeException foreign) {
                return new Opened.Refused(Reason.NOT_SEALED);
            }
            Iterator<RecipientInformation> recipients =
                    parser.getRecipientInfos().getRecipients().iterator();
            // a delivery is sealed for one recipient; the content can be read once only
            Opened opened =
                    recipients.hasNext() ? content(recipients.next(), key, part) : new Opened.Refused(Reason.OTHER_KEY);
            return opened instanceof Opened.Done && !endsHere(in) ? new Opened.Refused(Reason.DAMAGED) : opened;
        }
    }

    /**
     * Whether a file that opens its parts without telling their lengths closes all three of them: message, its content and
     * what is sealed in it. No checksum covers these last bytes.
     */
    private static boolean isClosed(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < ENDS
                    || bytes.readUnsignedByte() != SEQUENCE
                    || bytes.readUnsignedByte() != OPEN_LENGTH) {
                return bytes.length() >= ENDS;
            }
            bytes.seek(bytes.length() - ENDS);
            byte[] last = new byte[ENDS];
            bytes.readFully(last);
            return Arrays.equals(last, new byte[ENDS]);
        }
    }

    /** Whether nothing follows but marks of the end of what is open (X.690, 8.1.5), which no checksum covers. */
    private static boolean endsHere(InputStream in) throws IOException {
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != 0) {
                return false;
            }
        }
        return true;
    }

    /** Leaves the file open to the one who opened it. */
    private static final class Shielded extends FilterInputStream {
        Shielded(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // whoever opened the file reads on
        }
    }

    private static Opened content(RecipientInformation recipient, OwnKey key, Path part) throws IOException {
        InputStream content;
        try {
            content = recipient.getContentStream(recipient(key)).getContentStream();
        } catch (CMSException | IOException | RuntimeException unwrapped) {
            return new Opened.Refused(Reason.OTHER_KEY);
        }
        try (content) {
            return new Opened.Done(part, Packing.unpack(content, part));
        } catch (Packing.Unwritable unwritable) {
            throw new IOException(unwritable.getCause());
        } catch (IOException | RuntimeException damaged) {
            return new Opened.Refused(Reason.DAMAGED);
        }
    }

    private static Recipient recipient(OwnKey key) {
        // this provider hands out what it has decrypted so far; Java's own would keep all of it in memory until the end
        return key.key() instanceof RSAPrivateKey
                ? new JceKeyTransAuthEnvelopedRecipient(key.key()).setProvider(PROVIDER)
                : new JceKeyAgreeAuthEnvelopedRecipient(key.key()).setProvider(PROVIDER);
    }
}
