package io.maestream.mae;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object of a TorchScript class, with the values of its attributes.
 *
 * @param className in the source
 * @param attributes Boolean, Integer, Double, {@link NamedTensor} or ScriptModule, by name
 */
record ScriptModule(String className, Map<String, Object> attributes) {

    /** A module in the state in which it is used, not trained. */
    static ScriptModule frozen(String className) {
        ScriptModule module = new ScriptModule(className, new LinkedHashMap<>());
        module.attributes.put("training", false);
        return module;
    }

    ScriptModule with(String name, Object value) {
        attributes.put(name, value);
        return this;
    }
}
