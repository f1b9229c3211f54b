package allmende.app.workbench;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** An answer as a PDF for an application: tagged, with title, language and its own fonts. */
final class ResultPaper {

    private static final String FAMILY = "Paper";

    private final ITemplateEngine templates;

    ResultPaper(ITemplateEngine templates) {
        this.templates = templates;
    }

    byte[] pdf(ResultView view, Locale locale) {
        Context context = new Context(locale);
        context.setVariable("result", view);
        String html = templates.process("workbench/paper", context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.usePdfUaAccessibility(true);
            builder.useFont(() -> font("LiberationSans-Regular.ttf"), FAMILY);
            builder.withHtmlContent(html, null);
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static InputStream font(String name) {
        return java.util.Objects.requireNonNull(
                PdfRendererBuilder.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/" + name),
                "the font comes with the PDF library");
    }
}
