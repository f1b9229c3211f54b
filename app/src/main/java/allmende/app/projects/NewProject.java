package allmende.app.projects;

import java.time.LocalDate;

/**
 * A request for data as somebody hands it in.
 *
 * @param id identifier of the project, as contracts name it
 * @param title one line
 * @param purpose what the data may be used for
 * @param legalBasis what permits it, such as the consent and the committee's vote
 * @param crtdl the data selection, CRTDL
 * @param ruleSet name of a shipped set of rules for de-identification; empty where the rules come along
 * @param rules rules of the project's own; empty where a shipped set is named
 * @param recipient who gets it
 * @param recipientKey public key of the recipient, PEM
 * @param lastDay last day on which the delivery may be fetched
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record NewProject(
        String id,
        String title,
        String purpose,
        String legalBasis,
        byte[] crtdl,
        String ruleSet,
        byte[] rules,
        String recipient,
        String recipientKey,
        LocalDate lastDay) {}
