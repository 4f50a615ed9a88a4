export { type Deps } from "./deps.ts";
export { health, lookAgain, READ_ONLY_SETTING, watchHealth, type Health } from "./health.ts";
export { openRuntime, openStore, runtime, useRuntime } from "./open-runtime.ts";
export { translateFault } from "./translate-fault.ts";
