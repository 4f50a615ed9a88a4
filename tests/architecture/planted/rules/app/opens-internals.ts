// dependency-cruiser: module-internals
// eslint: no-restricted-imports
import { inner } from "#lib/platform/inner.ts";

export const seen = inner;
