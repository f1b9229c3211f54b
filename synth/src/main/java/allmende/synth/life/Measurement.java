package allmende.synth.life;

import allmende.synth.clinic.LabTest;

/**
 * A laboratory value.
 *
 * @param test which
 * @param scaled the value times 10 to the power of the test's decimals; for coded tests 1 is "detected", 0 is not
 * @param minute when the specimen was taken
 */
public record Measurement(LabTest test, long scaled, long minute) {}
