export { readInstance } from "./read-instance.ts";
