export { type Deps } from "./deps.ts";
export { openRuntime, runtime, useRuntime } from "./open-runtime.ts";
