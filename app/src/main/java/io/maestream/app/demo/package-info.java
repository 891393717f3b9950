/**
 * Everything in one process, in order, and what a person sees of it. What is shown was read from
 * topics, as any other consumer would.
 */
package io.maestream.app.demo;
