package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import java.util.List;
import java.util.Locale;

/** What the recipient reads first, in German and English. */
final class Readme {

    private final DeliveryPlan plan;
    private final List<DeliveredFile> files;
    private final List<TableSummary> tables;

    Readme(DeliveryPlan plan, List<DeliveredFile> files, List<TableSummary> tables) {
        this.plan = plan;
        this.files = List.copyOf(files);
        this.tables = tables;
    }

    String text() {
        DeliveryFacts facts = plan.facts();
        StringBuilder text = new StringBuilder();
        text.append("# ").append(facts.title()).append("\n\n");
        text.append("[English below](#english)\n\n## Deutsch\n\n");
        german(text, facts);
        text.append("\n## English\n\n");
        english(text, facts);
        return text.toString();
    }

    private void german(StringBuilder text, DeliveryFacts facts) {
        text.append("""
                Diese Daten hat **%s** für das Projekt **%s** bereitgestellt.

                | | |
                |---|---|
                | Lieferung | `%s` |
                | Erstellt | %s |
                | Datenstand | Transaktion %d |
                | Einwilligungen geprüft zum | %s (Regeln: %s) |
                | Anfrage (CRTDL), SHA-256 | `%s` |
                | De-Identifikation | %s |
                | Programm | %s |

                ### Bedingungen

                %s

                ### Unversehrtheit prüfen

                ```
                sha256sum -c checksums.sha256
                ```

                """.formatted(
                        facts.publisher(),
                        facts.project(),
                        facts.id(),
                        facts.created(),
                        facts.t(),
                        facts.day(),
                        facts.consent(),
                        facts.request(),
                        facts.rules().isEmpty() ? "keine" : "`" + facts.rules() + "`",
                        facts.program(),
                        facts.conditions().de()));
        text.append("### Inhalt\n\n");
        contents(text, true);
        opening(text, """
                ### Öffnen

                Was jede Spalte bedeutet, steht in `dictionary.csv`. Jede Tabelle hat den Schlüssel `patient`; Tabellen von Listen
                (`gruppe_liste`) verweisen mit `resource` auf `id` der Tabelle ihrer Gruppe. Leere Zellen sind fehlende Werte. Codes
                und Schlüssel sind Texte (führende Nullen!). Datumsangaben sind Texte, weil FHIR auch Jahr oder Monat allein erlaubt.
                CSV hält Dezimalzahlen Ziffer für Ziffer, wie sie geliefert wurden; Parquet als Gleitkommazahlen.

                """);
    }

    private void english(StringBuilder text, DeliveryFacts facts) {
        text.append("""
                These data were provided by **%s** for the project **%s**.

                | | |
                |---|---|
                | Delivery | `%s` |
                | Created | %s |
                | State of the data | transaction %d |
                | Consent evaluated as of | %s (rules: %s) |
                | Request (CRTDL), SHA-256 | `%s` |
                | De-identification | %s |
                | Program | %s |

                ### Conditions

                %s

                ### Check that it is intact

                ```
                sha256sum -c checksums.sha256
                ```

                """.formatted(
                        facts.publisher(),
                        facts.project(),
                        facts.id(),
                        facts.created(),
                        facts.t(),
                        facts.day(),
                        facts.consent(),
                        facts.request(),
                        facts.rules().isEmpty() ? "none" : "`" + facts.rules() + "`",
                        facts.program(),
                        facts.conditions().en()));
        text.append("### Contents\n\n");
        contents(text, false);
        opening(text, """
                ### How to open it

                `dictionary.csv` says what each column means. Every table has the key `patient`; tables of lists (`group_list`) refer by
                `resource` to the `id` of their group's table. Empty cells are missing values. Codes and keys are texts (mind leading
                zeros). Dates are texts, since FHIR allows a year or a month alone. CSV keeps decimals digit by digit as they were
                delivered; Parquet holds them as floating-point numbers.

                """);
    }

    private void contents(StringBuilder text, boolean german) {
        text.append(
                german ? "| Datei | Zeilen | Inhalt |\n|---|---|---|\n" : "| file | rows | what |\n|---|---|---|\n");
        for (DeliveredFile file : files) {
            text.append("| `").append(file.path()).append("` | ");
            text.append(file.rows() < 0 ? "" : String.format(Locale.ROOT, "%d", file.rows()))
                    .append(" | ");
            text.append(what(file, german)).append(" |\n");
        }
        text.append('\n');
    }

    private String what(DeliveredFile file, boolean german) {
        String path = file.path();
        if (path.startsWith("tables/")) {
            String name = path.substring("tables/".length(), path.lastIndexOf('.'));
            return tables.stream()
                    .map(TableSummary::table)
                    .filter(table -> table.name().equals(name))
                    .map(table -> german ? table.title().de() : table.title().en())
                    .findFirst()
                    .orElse("");
        }
        if (path.startsWith("views/")) {
            return german ? "Abbildung der Tabelle (SQL on FHIR)" : "how the table was made (SQL on FHIR)";
        }
        if (path.startsWith("ndjson/")) {
            return german ? "FHIR-Ressourcen, eine je Zeile" : "FHIR resources, one per line";
        }
        if (path.startsWith("bundles/")) {
            return path.contains("core")
                    ? german ? "Ressourcen ohne Patient, zuerst zu laden" : "resources of no patient; load first"
                    : german
                            ? "ein Transaktionsbündel je Patient und Zeile"
                            : "one transaction bundle per patient and line";
        }
        return switch (path) {
            case "provenance.json" -> german ? "Herkunft (FHIR Provenance)" : "provenance (FHIR)";
            case "dictionary.csv", "dictionary.json" -> german ? "Datenwörterbuch" : "data dictionary";
            default -> "";
        };
    }

    private void opening(StringBuilder text, String words) {
        String table =
                plan.allTables().stream().map(GroupTable::name).findFirst().orElse("");
        if (table.isEmpty()) {
            return;
        }
        text.append(words);
        boolean parquet = plan.formats().contains(DeliveryFormat.PARQUET);
        String file = "tables/" + table + (parquet ? ".parquet" : ".csv");
        String pandas = parquet
                ? "pd.read_parquet(\"" + file + "\")"
                : "pd.read_csv(\"" + file + "\", dtype=str, keep_default_na=False, na_values=[\"\"])";
        String reader = parquet
                ? "arrow::read_parquet(\"" + file + "\")"
                : "readr::read_csv(\"" + file + "\", col_types = readr::cols(.default = \"c\"), na = \"\")";
        text.append("""
                ```python
                import duckdb, pandas as pd
                table = %s
                rows = duckdb.sql("select count(*), count(distinct patient) from '%s'").df()
                ```

                ```r
                table <- %s
                ```
                """.formatted(pandas, file, reader));
    }
}
