/** What is told to the outside: metrics, panels, log lines. */
package io.maestream.trainer.report;
