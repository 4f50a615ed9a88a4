import { parse } from "yaml";
import { used } from "#lib/platform/index.ts";

console.log(used, parse);
