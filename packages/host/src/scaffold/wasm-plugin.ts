import { ICON, IGNORED, quoted, type ScaffoldFiles, type ScaffoldInput } from "./scaffold-kind.ts";

/** What `wat2wasm` makes of the text below: one exported function of two integers. */
const MODULE = "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b";

/** A plugin that is one WebAssembly module, with its source and its test. */
export function wasmPlugin({ id, name, license }: ScaffoldInput): ScaffoldFiles {
  return {
    "plugin.yaml": `manifest_version: 1
id: ${id}
name: ${quoted(name)}
description: Adds two numbers in a WebAssembly module that can reach nothing else. Say here what yours does.
entrypoint: main.wasm
version: "0.1.0"
permissions: []
capabilities:
  - data_analysis
ui:
  icon: icon.svg
trust_level: unverified
runtime: wasm
license: ${license}
`,
    "main.wat": `(module
  (func (export "add") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.add))
`,
    "main.wasm": Uint8Array.from(MODULE.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    "main.test.ts": `import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

test("adds", async () => {
  const { instance } = await WebAssembly.instantiate(await readFile(new URL("./main.wasm", import.meta.url)));
  const add = instance.exports.add as (a: number, b: number) => number;
  assert.equal(add(2, 3), 5);
});
`,
    "README.md": `# ${name}

Adds two numbers. Say here what it does, and for whom.

## Usage

The module exports \`add(a: i32, b: i32): i32\`. It imports nothing, so that it can reach nothing of its host.

## Develop

\`\`\`sh
wat2wasm main.wat -o main.wasm   # from the WebAssembly binary toolkit; any compiler to wasm will do
node --test                      # Node 24 or newer
kos validate .
kos publish .
\`\`\`
`,
    "CHANGELOG.md": "# Changes\n\n## 0.1.0\n\nThe first version.\n",
    "icon.svg": ICON,
    ".kosignore": IGNORED,
  };
}
