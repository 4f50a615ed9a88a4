import { readFileSync, writeFileSync } from "node:fs";
import { assembleModule } from "./assemble-module.ts";

const source = new URL("./word-count.wat", import.meta.url);
const target = new URL("./word-count.wasm", import.meta.url);
writeFileSync(target, assembleModule(readFileSync(source, "utf8")));
