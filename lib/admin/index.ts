export { readInstance, type InstanceView } from "./read-instance.ts";
