/**
 * A check of routes that a build runs: {@link io.github.camelsora.validate.ValidateRoutes} reads routes in Java, XML and YAML and
 * checks their endpoints. {@code JavaRoutes}, {@code XmlRoutes} and {@code YamlRoutes} find endpoints, {@code CatalogCheck} holds
 * them to the catalogue of Camel and of the components on the class path, {@code SoraCheck} to what this component itself rejects.
 * It needs {@code camel-catalog}, and for YAML {@code camel-yaml-dsl}. Nothing else of the project uses this package.
 */
package io.github.camelsora.validate;
