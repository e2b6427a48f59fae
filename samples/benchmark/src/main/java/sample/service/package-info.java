/** The simulator in a JVM of its own, seen from here by {@link sample.service.Service}. */
package sample.service;
