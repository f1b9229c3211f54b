package allmende.app.workbench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** The funnel of an answer as a picture, drawn on the server. */
final class ResultPicture {

    private static final int WIDTH = 1400;
    private static final int EDGE = 60;
    private static final int ROW = 90;
    private static final int TOP = 190;
    private static final int BAR_HEIGHT = 30;
    private static final Color INK = new Color(0x17, 0x1a, 0x2b);
    private static final Color MUTED = new Color(0x4a, 0x50, 0x66);
    private static final Color BAR = new Color(0x1f, 0x3f, 0x8f);
    private static final Color GROUND = new Color(0xed, 0xf0, 0xf7);

    private ResultPicture() {}

    static byte[] png(ResultView view, Words words) {
        List<ResultView.Step> steps = view.funnel();
        int height = TOP + Math.max(1, steps.size()) * ROW + EDGE;
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, height);
            text(pen, view.title(), font(Font.BOLD, 34), INK, 80);
            text(pen, words.say("workbench.result.total") + ": " + view.total(), font(Font.PLAIN, 28), INK, 125);
            text(pen, view.asked() + " · " + view.progress(), font(Font.PLAIN, 22), MUTED, 160);
            for (int i = 0; i < steps.size(); i++) {
                step(pen, steps.get(i), words, TOP + i * ROW);
            }
        } finally {
            pen.dispose();
        }
        return bytes(image);
    }

    private static void step(Graphics2D pen, ResultView.Step step, Words words, int top) {
        String word = words.say(step.exclusion() ? "workbench.result.without" : "workbench.result.and");
        text(pen, word + " " + step.label() + ": " + step.number(), font(Font.PLAIN, 24), INK, top + 28);
        int room = WIDTH - 2 * EDGE;
        pen.setColor(GROUND);
        pen.fillRect(EDGE, top + 40, room, BAR_HEIGHT);
        pen.setColor(BAR);
        double share = Double.parseDouble(step.width().replace("%", "")) / 100;
        pen.fillRect(EDGE, top + 40, (int) Math.round(room * share), BAR_HEIGHT);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** One line, cut with an ellipsis where it is too long. */
    private static void text(Graphics2D pen, String text, Font font, Color colour, int baseline) {
        pen.setFont(font);
        pen.setColor(colour);
        String shown = text;
        while (shown.length() > 2 && pen.getFontMetrics().stringWidth(shown) > WIDTH - 2 * EDGE) {
            shown = shown.substring(0, shown.length() - 2).stripTrailing() + "…";
        }
        pen.drawString(shown, EDGE, baseline);
    }

    private static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
