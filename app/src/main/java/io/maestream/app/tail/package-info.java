/** Reading a topic as an onlooker: from its beginning or from now on, without a consumer group. */
package io.maestream.app.tail;
