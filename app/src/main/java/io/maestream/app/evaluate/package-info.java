/** Labelled images from archives and directories, and what encoders score on them. */
package io.maestream.app.evaluate;
