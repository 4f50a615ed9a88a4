export { forgotten, used } from "./names.ts";
