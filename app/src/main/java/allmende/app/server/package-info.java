/**
 * Starts and stops the HTTP servers of portals and sites, each with exactly the modules it needs.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "site",
            "consent",
            "identity",
            "audit",
            "deident",
            "bulk",
            "extraction",
            "feasibility",
            "fhirapi",
            "operations",
            "pseudonyms",
            "quality",
            "web",
            "federation",
            "federation :: setup",
            "answering",
            "release",
            "portal",
            "concepts",
            "workbench",
            "selection",
            "administration",
            "terminology",
            "consent",
            "projects",
            "subjects"
        })
package allmende.app.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
