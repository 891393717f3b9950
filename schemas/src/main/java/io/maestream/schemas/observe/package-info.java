/** Telling several observers as if they were one. */
package io.maestream.schemas.observe;
