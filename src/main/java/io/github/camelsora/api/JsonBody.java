package io.github.camelsora.api;

import java.util.Map;

/** A message body of this component, which other components can take as JSON or as a map of plain values. */
public interface JsonBody {

    /**
     * The body as plain values, which is also its JSON form.
     *
     * @return texts, numbers, booleans, nulls, lists and maps of them
     */
    Map<String, Object> toMap();
}
