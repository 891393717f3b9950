/**
 * What the trainer shows to people and to Prometheus: one page, its JSON and events, metrics and
 * health.
 */
package io.maestream.trainer.dashboard;
