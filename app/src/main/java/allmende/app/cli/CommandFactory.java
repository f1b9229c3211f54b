package allmende.app.cli;

import picocli.CommandLine;

/** Makes commands; those that print are given the console. */
final class CommandFactory implements CommandLine.IFactory {

    private final Console console;

    CommandFactory(Console console) {
        this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type.getPackage() == CommandFactory.class.getPackage()) {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
                    return type.cast(constructor.newInstance(console));
                }
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
