// dependency-cruiser: module-internals-in-lib
import { inner } from "../platform/inner.ts";

export const seen = inner;
