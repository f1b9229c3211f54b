package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for simulations and benchmarks: it outlives the parties that a simulation restarts. Transactions run
 * one after the other; what a failed one wrote is undone.
 */
public final class MemoryStore implements MessageStore {

    private final Memory memory = new Memory();

    @Override
    public synchronized <T extends @Nullable Object> T transaction(Function<Session, T> work) {
        memory.undo.clear();
        try {
            return work.apply(memory);
        } catch (RuntimeException | Error e) {
            memory.rollBack();
            throw e;
        }
    }

    private static final class Queue {
        long taken;
        long sent;
        NavigableMap<Long, Queued> messages = new TreeMap<>();
    }

    private record Delivery(String task, PartyId site) {}

    private static final class Memory implements Session {

        private final Deque<Runnable> undo = new ArrayDeque<>();
        private final Map<PartyId, Queue> queues = new HashMap<>();
        private final Map<String, Question> questions = new HashMap<>();
        private final Map<String, Question> keys = new HashMap<>();
        private final Map<PartyId, Map<String, Boolean>> open = new HashMap<>();
        private final Map<Delivery, Answered> untaken = new LinkedHashMap<>();
        private final Map<String, Published> publications = new LinkedHashMap<>();
        private final Map<String, Inbound> tasks = new LinkedHashMap<>();
        private final Map<Inbound.State, Map<String, Inbound>> byState = new HashMap<>();
        private final Map<PartyId, Party> parties = new TreeMap<>();
        private final Map<String, PartyId> revoked = new TreeMap<>();
        private final Map<String, Applied> applications = new LinkedHashMap<>();
        private final Map<String, String> settings = new HashMap<>();

        void rollBack() {
            while (!undo.isEmpty()) {
                undo.pop().run();
            }
        }

        private <K, V> void set(Map<K, V> map, K key, @Nullable V value) {
            V before = value == null ? map.remove(key) : map.put(key, value);
            undo.push(() -> {
                if (before == null) {
                    map.remove(key);
                } else {
                    map.put(key, before);
                }
            });
        }

        private Queue queue(PartyId party) {
            return queues.computeIfAbsent(party, id -> new Queue());
        }

        private void remember(Queue queue) {
            long taken = queue.taken;
            long sent = queue.sent;
            undo.push(() -> {
                queue.taken = taken;
                queue.sent = sent;
            });
        }

        private void replace(Queue queue, NavigableMap<Long, Queued> messages) {
            NavigableMap<Long, Queued> before = queue.messages;
            queue.messages = messages;
            undo.push(() -> queue.messages = before);
        }

        @Override
        public long taken(PartyId from) {
            return queue(from).taken;
        }

        @Override
        public void take(PartyId from, long number) {
            remember(queue(from));
            queue(from).taken = number;
        }

        @Override
        public long append(PartyId to, Outgoing message) {
            Queue queue = queue(to);
            remember(queue);
            queue.sent++;
            set(queue.messages, queue.sent, new Queued(queue.sent, message));
            return queue.sent;
        }

        @Override
        public List<Queued> queued(PartyId to, long after, int max) {
            List<Queued> found = new ArrayList<>();
            for (Queued message : queue(to).messages.tailMap(after, false).values()) {
                if (found.size() == max) {
                    break;
                }
                found.add(message);
            }
            return found;
        }

        @Override
        public List<PartyId> crowded(int messages) {
            return queues.entrySet().stream()
                    .filter(entry -> entry.getValue().messages.size() >= messages)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public int waiting(PartyId to) {
            return queue(to).messages.size();
        }

        @Override
        public void settle(PartyId to, long number) {
            NavigableMap<Long, Queued> messages = queue(to).messages;
            while (!messages.isEmpty() && messages.firstKey() <= number) {
                set(messages, messages.firstKey(), null);
            }
        }

        @Override
        public long sent(PartyId to) {
            return queue(to).sent;
        }

        @Override
        public void renumber(PartyId to, long number) {
            Queue queue = queue(to);
            List<Queued> waiting = List.copyOf(queue.messages.values());
            remember(queue);
            replace(queue, new TreeMap<>());
            queue.sent = number;
            waiting.forEach(message -> append(to, message.message()));
        }

        @Override
        public void reset(PartyId party) {
            Queue queue = queue(party);
            remember(queue);
            replace(queue, new TreeMap<>());
            queue.sent = 0;
            queue.taken = 0;
        }

        @Override
        public void withdraw(PartyId to, Act act, TaskKind kind) {
            withdraw(to, message -> message.act() == act && message.kind() == kind);
        }

        @Override
        public void withdraw(PartyId to, String task) {
            withdraw(to, message -> message.task().equals(task));
        }

        private void withdraw(PartyId to, java.util.function.Predicate<Outgoing> which) {
            TreeMap<Long, Queued> kept = new TreeMap<>(queue(to).messages);
            kept.values().removeIf(message -> which.test(message.message()));
            replace(queue(to), kept);
        }

        @Override
        public @Nullable String begin(Question question) {
            Question before = keys.get(question.key());
            if (before != null) {
                return before.id();
            }
            set(questions, question.id(), question);
            set(keys, question.key(), question);
            return null;
        }

        @Override
        public Map<PartyId, Queued> ask(Question question, Collection<PartyId> sites, Supplier<String> messageIds) {
            Map<PartyId, Queued> queued = new HashMap<>();
            for (PartyId site : sites) {
                set(open.computeIfAbsent(site, id -> new LinkedHashMap<>()), question.id(), true);
                Outgoing message =
                        new Outgoing(messageIds.get(), Act.ASK, question.kind(), question.id(), question.body());
                queued.put(site, new Queued(append(site, message), message));
            }
            return queued;
        }

        @Override
        public Optional<Question> question(String task) {
            return Optional.ofNullable(questions.get(task));
        }

        @Override
        public boolean answer(Answered answer) {
            Map<String, Boolean> waiting = open.getOrDefault(answer.site(), Map.of());
            if (!waiting.containsKey(answer.task())) {
                return false;
            }
            set(waiting, answer.task(), null);
            set(untaken, new Delivery(answer.task(), answer.site()), answer);
            return true;
        }

        @Override
        public void answerUnasked(Answered answer) {
            set(untaken, new Delivery(answer.task(), answer.site()), answer);
        }

        @Override
        public List<String> unanswered(PartyId site) {
            return List.copyOf(open.getOrDefault(site, Map.of()).keySet());
        }

        @Override
        public List<Unanswered> unansweredBefore(Instant deadline, int max) {
            return open.entrySet().stream()
                    .flatMap(site -> site.getValue().keySet().stream()
                            .filter(task -> Objects.requireNonNull(questions.get(task))
                                    .deadline()
                                    .isBefore(deadline))
                            .map(task -> new Unanswered(task, site.getKey())))
                    .limit(max)
                    .toList();
        }

        @Override
        public List<Answered> untaken(int max) {
            return untaken.values().stream().limit(max).toList();
        }

        @Override
        public void listened(Collection<Answered> answers) {
            answers.forEach(answer -> set(untaken, new Delivery(answer.task(), answer.site()), null));
        }

        @Override
        public void publish(Published publication) {
            set(publications, publication.site() + " " + publication.kind(), publication);
        }

        @Override
        public List<Published> unheard() {
            return List.copyOf(publications.values());
        }

        @Override
        public void heard(Published publication) {
            String key = publication.site() + " " + publication.kind();
            if (publication.equals(publications.get(key))) {
                set(publications, key, null);
            }
        }

        @Override
        public void forgetQuestions(Instant deadline) {
            List.copyOf(questions.values()).stream()
                    .filter(question -> question.deadline().isBefore(deadline))
                    .filter(question -> open.values().stream().noneMatch(site -> site.containsKey(question.id())))
                    .filter(question -> untaken.keySet().stream()
                            .noneMatch(delivery -> delivery.task().equals(question.id())))
                    .forEach(question -> {
                        set(questions, question.id(), null);
                        set(keys, question.key(), null);
                    });
        }

        @Override
        public boolean receive(Inbound task) {
            if (tasks.containsKey(task.id())) {
                return false;
            }
            update(task);
            return true;
        }

        @Override
        public Optional<Inbound> task(String id) {
            return Optional.ofNullable(tasks.get(id));
        }

        private Map<String, Inbound> in(Inbound.State state) {
            return byState.computeIfAbsent(state, key -> new LinkedHashMap<>());
        }

        @Override
        public List<Inbound> tasks(Inbound.State state, int max) {
            return in(state).values().stream().limit(max).toList();
        }

        @Override
        public int count(Inbound.State state) {
            return in(state).size();
        }

        @Override
        public void update(Inbound task) {
            Inbound before = tasks.get(task.id());
            if (before != null) {
                set(in(before.state()), task.id(), null);
            }
            set(tasks, task.id(), task);
            set(in(task.state()), task.id(), task);
        }

        @Override
        public void forgetTasks(Instant received) {
            for (Inbound task : List.copyOf(in(Inbound.State.DONE).values())) {
                if (task.received().isBefore(received)) {
                    set(tasks, task.id(), null);
                    set(in(Inbound.State.DONE), task.id(), null);
                }
            }
        }

        @Override
        public List<Party> parties() {
            return List.copyOf(parties.values());
        }

        @Override
        public void put(Party party) {
            set(parties, party.id(), party);
        }

        @Override
        public List<String> revokedKeys() {
            return List.copyOf(revoked.keySet());
        }

        @Override
        public void revokeKey(String thumbprint, PartyId party) {
            set(revoked, thumbprint, party);
        }

        @Override
        public List<Applied> applications() {
            return applications.values().stream()
                    .sorted(Comparator.comparing(Applied::at))
                    .toList();
        }

        @Override
        public Optional<Applied> application(String thumbprint) {
            return Optional.ofNullable(applications.get(thumbprint));
        }

        @Override
        public void put(Applied application) {
            set(applications, application.thumbprint(), application);
        }

        @Override
        public Optional<String> setting(String name) {
            return Optional.ofNullable(settings.get(name));
        }

        @Override
        public void setting(String name, String value) {
            set(settings, name, value);
        }

        @Override
        public void decided(String by, String what, String about, Instant at) {
            // A simulation asks nobody later who decided what.
        }
    }
}
