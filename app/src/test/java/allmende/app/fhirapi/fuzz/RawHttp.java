package allmende.app.fhirapi.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** HTTP by bare sockets: what is sent is sent as it is, however wrong. */
final class RawHttp {

    /** No answer within this time is a hang. */
    private static final int HANG_MILLIS = 30_000;

    private final URI address;

    RawHttp(String url) {
        this.address = URI.create(url);
    }

    /** A request; the head without its last empty line. */
    record Request(String head, byte[] body) {

        static Request of(String method, String target, String headers, byte[] body) {
            // A target that ends with its line is a whole request of HTTP/0.9, whose answer has no status.
            String line = target.replace('\n', '\u000b').replace('\r', '\u000b');
            return new Request(
                    method + " " + line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                            + (body.length > 0 || !method.equals("GET")
                                    ? "Content-Length: " + body.length + "\r\n"
                                    : ""),
                    body);
        }

        static Request get(String target) {
            return of("GET", target, "", new byte[0]);
        }

        String method() {
            return head.substring(0, Math.max(0, head.indexOf(' ')));
        }

        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return shortened(head, 3_000) + "\n" + shortened(text, 6_000);
        }

        private static String shortened(String text, int max) {
            return text.length() <= max ? text : text.substring(0, max) + "… (" + text.length() + ")";
        }
    }

    /** What came back; status 0 where the connection was closed without a word. */
    record Answer(int status, String headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Value of a header; empty where there is none. */
        String header(String name) {
            for (String line : headers.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    /**
     * Sends.
     *
     * @throws SocketTimeoutException where nobody answers
     */
    Answer send(Request request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(HANG_MILLIS);
            OutputStream out = socket.getOutputStream();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes((request.head() + "\r\n").getBytes(StandardCharsets.UTF_8));
            all.writeBytes(request.body());
            byte[] answer;
            try {
                out.write(all.toByteArray());
                out.flush();
            } catch (IOException refusedBeforeItWasRead) {
                // the answer may be there all the same
            }
            answer = read(socket.getInputStream());
            return parsed(answer);
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException hang) {
            throw hang;
        } catch (IOException reset) {
            // a server that has not read all of a body resets after its answer
        }
        return bytes.toByteArray();
    }

    private static Answer parsed(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            return new Answer(0, text, new byte[0]);
        }
        Answer bare = new Answer(
                Integer.parseInt(text.substring(9, 12)),
                text.substring(0, end),
                text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
        return bare.header("Transfer-Encoding").equals("chunked")
                ? new Answer(bare.status(), bare.headers(), joined(text.substring(end + 4)))
                : bare;
    }

    private static byte[] joined(String chunked) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < chunked.length()) {
            int line = chunked.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int size = Integer.parseInt(chunked.substring(at, line).strip(), 16);
            whole.append(chunked, line + 2, Math.min(chunked.length(), line + 2 + size));
            at = line + 2 + size + 2;
        }
        return whole.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
