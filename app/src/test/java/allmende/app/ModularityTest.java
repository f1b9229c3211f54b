package allmende.app;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The packages of the app are modules: no cycles, no reaching into another's inside, only the allowed dependencies. */
class ModularityTest {

    @Test
    void modulesKeepTheirBorders() {
        ApplicationModules.of("allmende.app").verify();
    }
}
