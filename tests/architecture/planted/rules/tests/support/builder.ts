import { inner } from "#lib/platform/inner.ts";

export const built = inner;
