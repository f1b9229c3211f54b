package allmende.app.projects.planted;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Controller;

/** A door that sends a file of a delivery without a ticket. */
@Controller
public class LeakyDoor {

    public void send(Path delivery, OutputStream out) throws IOException {
        Files.copy(delivery, out);
    }
}
