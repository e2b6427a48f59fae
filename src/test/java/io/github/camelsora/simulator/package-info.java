/**
 * A simulator of the ToAPIs service: an HTTP server on this machine that implements the ToAPIs video-task contract, records
 * requests and charges, has a clock that a test can move, and injects faults by rules. It depends only on the JDK and Jackson.
 * Begin reading at {@link io.github.camelsora.simulator.ToApisSimulator}; inside, a request goes from {@code WireConnection}
 * to {@code ApiHost} or {@code FileHost}, which record it and apply faults through {@code RequestHandler}.
 */
package io.github.camelsora.simulator;
