# Adds the component to a catalogue of Kaoto, in the form that Kaoto's own generator gives to components:
#   jq --slurpfile sora sora.json -f kaoto.jq camel-catalog-aggregate-components-….json

def isMap: .javaType | startswith("java.util.Map");

def schema:
    {title: .displayName, description, type: ({boolean: "boolean", integer: "integer", number: "number"}[.type] // "string")}
    + (if isMap then {type: "object"} else {} end)
    + (if .enum then {enum} else {} end)
    + {"$comment": "group:\(.group)"}
    + (if .defaultValue == null then {} elif .enum then {default: "\(.defaultValue)"} else {default: .defaultValue} end)
    + ([if .type == "duration" then "duration" else empty end,
        if .type == "object" and (isMap | not) then "bean:\(.javaType)" else empty end,
        if .secret then "password" else empty end]
       | if length > 0 then {format: join("|")} else {} end);

def component:
    {component, componentProperties, properties,
     propertiesSchema: {
         "$schema": "http://json-schema.org/draft-07/schema#",
         type: "object",
         properties: (.properties | map_values(schema)),
         required: [.properties | to_entries[] | select(.value.required) | .key]}};

. + {sora: ($sora[0] | component)}
