/** The trainer's settings, their keys and their checks. */
package io.maestream.trainer.config;
