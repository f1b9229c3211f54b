package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A store whose party may end just before or just after what it writes is kept; and, on demand, a wrong one. */
final class FaultyStore implements MessageStore {

    /** The party has ended; only its store is left. */
    static final class End extends RuntimeException {
        private static final long serialVersionUID = 1;

        End() {
            super("the party ends", null, false, false);
        }
    }

    /** A mistake built in on purpose, to see that the simulation notices it. */
    enum Mistake {
        NONE,
        /** Forgets what was taken, so that everything is taken again. */
        TAKES_TWICE,
        /** Settles one message too many. */
        SETTLES_TOO_MUCH,
        /** Writes are kept although the party ended before they were complete. */
        KEEPS_HALF
    }

    private final MemoryStore store;
    private final SplittableRandom random;
    private final Mistake mistake;
    private Faults faults;

    FaultyStore(MemoryStore store, SplittableRandom random, Mistake mistake) {
        this.store = store;
        this.random = random;
        this.mistake = mistake;
        this.faults = Faults.NONE;
    }

    void faults(Faults now) {
        faults = now;
    }

    @Override
    public <T> T transaction(Function<Session, T> work) {
        if (mistake == Mistake.KEEPS_HALF && random.nextInt(1000) < faults.crashBefore()) {
            store.transaction(session -> {
                try {
                    return work.apply(breaking(session)) != null;
                } catch (End end) {
                    // What was written until then stays: this is the mistake.
                    return false;
                }
            });
            throw new End();
        }
        T result = store.transaction(session -> {
            T made = work.apply(mistaken(session));
            if (random.nextInt(1000) < faults.crashBefore()) {
                throw new End();
            }
            return made;
        });
        if (random.nextInt(1000) < faults.crashAfter()) {
            throw new End();
        }
        return result;
    }

    private Session breaking(Session session) {
        return proxy(session, (method, arguments) -> {
            if (method.equals("append")) {
                throw new End();
            }
            return null;
        });
    }

    private Session mistaken(Session session) {
        return switch (mistake) {
            case NONE, KEEPS_HALF -> session;
            case TAKES_TWICE ->
                proxy(session, (method, arguments) -> switch (method) {
                    case "taken" -> 0L;
                    case "receive" -> {
                        session.update((Inbound) arguments[0]);
                        yield true;
                    }
                    default -> null;
                });
            case SETTLES_TOO_MUCH ->
                proxy(session, (method, arguments) -> {
                    if (method.equals("settle") && arguments.length == 1) {
                        arguments[0] = tooMuch((Map<?, ?>) arguments[0]);
                    } else if (method.equals("settle")) {
                        arguments[1] = (long) arguments[1] + 1;
                    }
                    return null;
                });
        };
    }

    private static Map<PartyId, Long> tooMuch(Map<?, ?> taken) {
        return taken.entrySet().stream()
                .collect(Collectors.toMap(each -> (PartyId) each.getKey(), each -> (long) each.getValue() + 1));
    }

    /** Does something else instead of a method, or returns null to have the method called. */
    private interface Instead {
        Object of(String method, Object[] arguments);
    }

    private static Session proxy(Session session, Instead instead) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    Object result = instead.of(method.getName(), arguments);
                    if (result != null) {
                        return result;
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
