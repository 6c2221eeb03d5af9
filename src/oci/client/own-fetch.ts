/**
 * Node gives its own `fetch` what sends requests when that is first needed. A library that brings an undici of its own
 * gives it that one where it comes first, and that one refuses a content-length that was set by hand, as OCI's SDK sets
 * it to sign it. So whoever loads this before has Node's own.
 */
Response.json(null);
