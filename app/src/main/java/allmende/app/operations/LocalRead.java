package allmende.app.operations;

import allmende.app.audit.Access;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command of this machine reads from the store by itself, as the access log is told. */
sealed interface LocalRead {

    /** {@code table Patient}, {@code quarantine 17}, {@code consent p1}. */
    Pattern FORM =
            Pattern.compile("(table) ([A-Z][A-Za-z]{1,40})|(quarantine) ([0-9]{1,18})|(consent) ([A-Za-z0-9.-]{1,64})");

    /** An access to tell. */
    record Known(Access access) implements LocalRead {}

    /** Nothing that a command says. */
    record Unknown() implements LocalRead {}

    /** Reads what a command says. */
    static LocalRead of(String what) {
        Matcher form = FORM.matcher(what);
        if (!form.matches()) {
            return new Unknown();
        }
        Access.Who command = new Access.Who("this-machine", Access.Who.Kind.THIS_MACHINE, List.of(), "");
        if (form.group(5) != null) {
            return new Known(Access.by(command, Access.Action.OPERATION)
                    .on("consent", null)
                    .of(Access.Patients.one(form.group(6))));
        }
        boolean table = form.group(1) != null;
        Access access = table
                ? Access.by(command, Access.Action.EXPORT).on("table", form.group(2))
                : Access.by(command, Access.Action.OPERATION).on("quarantine", form.group(4));
        return new Known(access.of(Access.Patients.ALL));
    }
}
