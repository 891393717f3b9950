package io.maestream.ingest.prepare;

/**
 * What the preparing processors of all threads share; each part is safe for that.
 *
 * @param payloads fetches bytes
 * @param preparer decodes and encodes
 * @param rejections words refusals
 */
record PreparationSteps(PayloadLoader payloads, ImagePreparer preparer, Rejections rejections) {}
