/** Tests of what a status is made of. */
package io.maestream.app.status;
