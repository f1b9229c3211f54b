package allmende.synth.kds;

import allmende.synth.json.JsonBytes;

/** Takes finished resources one by one. */
@FunctionalInterface
public interface ResourceSink {

    /**
     * Takes a resource.
     *
     * @param type resource type
     * @param id logical id
     * @param json the resource, valid only during the call
     */
    void resource(String type, String id, JsonBytes json);
}
