/**
 * Keeps the documentation true: tables are compared with the component's metadata, snippets are loaded and run against the
 * simulator, and what is named exists. Begin reading at {@link io.github.camelsora.docs.DocumentationTest}; the snippets
 * themselves are files in the resources of this package.
 */
package io.github.camelsora.docs;
