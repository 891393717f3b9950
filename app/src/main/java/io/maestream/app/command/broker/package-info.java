/** Commands that run a broker and create its topics. */
package io.maestream.app.command.broker;
