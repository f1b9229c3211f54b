package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Asking;
import allmende.app.portal.Question;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers as files, for an application or for further work. */
@Controller
@RequestMapping("/workbench/{id}/results/{number}")
class ExportController {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Desk desk;
    private final Asking asking;
    private final ResultViews views;
    private final ResultPaper paper;

    ExportController(Desk desk, Asking asking, ResultViews views, ResultPaper paper) {
        this.desk = desk;
        this.asking = asking;
        this.views = views;
        this.paper = paper;
    }

    @GetMapping("/result.csv")
    ResponseEntity<byte[]> csv(@PathVariable long id, @PathVariable int number, Locale locale) {
        Words words = desk.words(locale);
        return file(ResultCsv.write(view(id, number, words), words), CSV, name(id, number, "csv"));
    }

    @GetMapping("/result.pdf")
    ResponseEntity<byte[]> pdf(@PathVariable long id, @PathVariable int number, Locale locale) {
        Words words = desk.words(locale);
        return file(
                paper.pdf(view(id, number, words), words.locale()), MediaType.APPLICATION_PDF, name(id, number, "pdf"));
    }

    @GetMapping("/result.png")
    ResponseEntity<byte[]> png(@PathVariable long id, @PathVariable int number, Locale locale) {
        Words words = desk.words(locale);
        return file(ResultPicture.png(view(id, number, words), words), MediaType.IMAGE_PNG, name(id, number, "png"));
    }

    private ResultView view(long id, int number, Words words) {
        Question question = desk.question(id);
        Ask ask = asking.find(desk.viewer(), id, number).orElseThrow(Desk::missing);
        return views.draw(question, ask, words);
    }

    private static String name(long id, int number, String ending) {
        return "allmende-" + id + "-" + number + "." + ending;
    }

    private static ResponseEntity<byte[]> file(byte[] bytes, MediaType type, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(bytes);
    }
}
