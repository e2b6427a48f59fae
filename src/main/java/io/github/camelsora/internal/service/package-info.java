/**
 * The service as one account sees it, and free calls to it that keep the account's rate.
 */
package io.github.camelsora.internal.service;
