package allmende.synth.profile;

/** In which units a laboratory reports, where it has the choice. */
public enum LabUnits {
    /** As most German laboratories do: mg/dL, g/dL. */
    CONVENTIONAL,
    /** By the international system of units: µmol/L, mmol/L, g/L, with the codes of those tests. */
    SI
}
