CamelCatalog catalog = new DefaultCamelCatalog();
try (InputStream json = SoraComponent.class.getResourceAsStream("/META-INF/io/github/camelsora/sora.json")) {
    catalog.addComponent(
        "sora", "io.github.camelsora.SoraComponent", new String(json.readAllBytes(), StandardCharsets.UTF_8));
}
EndpointValidationResult result = catalog.validateEndpointProperties("sora:remixx");
if (!result.isSuccess()) {
    throw new IllegalArgumentException(result.summaryErrorMessage(false));
}
