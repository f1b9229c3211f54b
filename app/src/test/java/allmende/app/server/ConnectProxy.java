package allmende.app.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hospital's HTTP proxy: knows only CONNECT, passes on what it does not understand, and can forbid, hang and end. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean forbidding;

    private ConnectProxy(ServerSocket socket) {
        this.socket = socket;
    }

    /** @param port 0 for any free one */
    static ConnectProxy start(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ConnectProxy proxy = new ConnectProxy(socket);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Where connections were wanted to. */
    List<String> targets() {
        return targets;
    }

    /** Lets nobody through from now on, politely. */
    void forbid(boolean forbid) {
        forbidding = forbid;
        hangUp();
    }

    private void hangUp() {
        for (Socket each : open) {
            quietly(each);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // ends anyway
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String[] words = head.split(" ");
            if (!words[0].equals("CONNECT") || forbidding) {
                say(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            targets.add(words[1]);
            int colon = words[1].lastIndexOf(':');
            try (Socket target =
                    new Socket(words[1].substring(0, colon), Integer.parseInt(words[1].substring(colon + 1)))) {
                open.add(target);
                say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                Thread back = Thread.ofVirtual().start(() -> pump(target, client));
                pump(client, target);
                back.join();
            }
        } catch (IOException e) {
            // one of the two went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("The client went away");
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // the other direction ends with it
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        hangUp();
    }
}
