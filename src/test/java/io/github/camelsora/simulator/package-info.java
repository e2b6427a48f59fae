/**
 * A ToAPIs to run against: an HTTP server on this machine that speaks the ToAPIs video-task contract, keeps books of
 * what it was asked and what it charged, has a clock that can be moved, and misbehaves on request. It knows the JDK and
 * Jackson only. Begin reading at {@link io.github.camelsora.simulator.ToApisSimulator}; inside, a request travels from
 * {@code WireConnection} through {@code RequestHandler} (books and faults) to {@code ApiHost} or {@code FileHost}.
 */
package io.github.camelsora.simulator;
