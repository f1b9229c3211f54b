package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses of keys that answer badly, over real HTTP. */
@Timeout(30)
class RemoteKeysTest {

    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final CountDownLatch over = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer server;
    private ECKey key;

    @BeforeEach
    void start() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        answers("/good", keys);
        answers(
                "/endless",
                (" ".repeat(1 << 17) + new String(keys, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys, 0, keys.length / 2);
            exchange.getResponseBody().flush();
            waitForTheEnd();
            exchange.close();
        });
        server.start();
    }

    private void waitForTheEnd() {
        try {
            over.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void answers(String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            } catch (IOException closedByTheOther) {
                // who has read enough hangs up
            }
        });
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void keysAreFetchedAndFoundByTheirIds() {
        RemoteKeys keys = new RemoteKeys(InstantSource.system(), Duration.ofSeconds(10));

        assertThat(keys.key(address("/good"), key.getKeyID())).isEqualTo(key.toPublicJWK());
        assertThat(keys.key(address("/good"), "another")).isNull();
    }

    @Test
    void anAddressThatStallsInTheMiddleOfItsAnswerIsGivenUpAndKeepsNobodyElseWaiting() throws Exception {
        RemoteKeys keys = new RemoteKeys(InstantSource.system(), PATIENCE);
        RemoteKeys patient = new RemoteKeys(InstantSource.system(), Duration.ofSeconds(15));

        assertThat(keys.key(address("/stalls"), key.getKeyID())).isNull();
        Thread waiting = Thread.ofVirtual().start(() -> patient.key(address("/stalls"), key.getKeyID()));
        assertThat(patient.key(address("/good"), key.getKeyID())).isNotNull();
        assertThat(waiting.isAlive())
                .as("the one who asked the stalling address")
                .isTrue();
        over.countDown();
        waiting.join();
    }

    @Test
    void anAnswerOfAnySizeIsNotReadToItsEnd() {
        RemoteKeys keys = new RemoteKeys(InstantSource.system(), Duration.ofSeconds(10));

        assertThat(keys.key(address("/endless"), key.getKeyID())).isNull();
    }
}
