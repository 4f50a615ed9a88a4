// dependency-cruiser: module-internals-in-lib
// eslint: no-restricted-imports
import { inner } from "#lib/platform/inner.ts";

export const seen = inner;
