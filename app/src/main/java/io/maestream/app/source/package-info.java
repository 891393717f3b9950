/** The sources that a configuration lists, from their keys to what publishes their images. */
package io.maestream.app.source;
