export { findChildPath } from "./find-child-path.ts";
export { inspectInChild } from "./inspect-in-child.ts";
export type { ChildLimits, InspectInChildOptions } from "./inspect-in-child.ts";
