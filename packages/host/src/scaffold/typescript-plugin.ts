import { ICON, IGNORED, quoted, type ScaffoldFiles, type ScaffoldInput } from "./scaffold-kind.ts";

/** A plugin in TypeScript that answers one call, with its test. */
export function typescriptPlugin({ id, name, license }: ScaffoldInput): ScaffoldFiles {
  return {
    "plugin.yaml": `manifest_version: 1
id: ${id}
name: ${quoted(name)}
description: Greets whoever calls it. Say here what yours does, in one sentence.
entrypoint: main.ts
version: "0.1.0"
permissions: []
capabilities:
  - text_processing
ui:
  icon: icon.svg
trust_level: unverified
hooks:
  init: init
license: ${license}
`,
    "main.ts": `/** What the host hands to a plugin, as far as this one uses it. */
interface Host {
  plugin: { id: string };
  bus: {
    register(pluginId: string, capabilities: string[]): void;
    /** \`PLUGIN.METHOD\` is a call; what the handler returns is its answer. */
    subscribe(event: string, handler: (data: unknown) => unknown): void;
  };
}

/** The host calls this once, when it starts the plugin. */
export function init(host: Host): void {
  host.bus.register(host.plugin.id, ["text_processing"]);
  host.bus.subscribe(\`\${host.plugin.id}.greet\`, (data) => greet(readName(data)));
}

export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}

/** Callers are not trusted with the form of what they send. */
function readName(data: unknown): string {
  if (typeof data === "object" && data !== null && "name" in data && typeof data.name === "string") return data.name;
  throw new TypeError("greet needs { name: string }");
}
`,
    "main.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { greet, init } from "./main.ts";

test("greets by name", () => {
  assert.equal(greet("Ada"), "Hello, Ada!");
});

test("answers calls on the bus, and refuses what has another form", () => {
  const handlers = new Map<string, (data: unknown) => unknown>();
  init({ plugin: { id: "${id}" }, bus: { register: () => undefined, subscribe: (event, handler) => void handlers.set(event, handler) } });
  const call = handlers.get("${id}.greet");
  assert.equal(call?.({ name: "Ada" }), "Hello, Ada!");
  assert.throws(() => call?.(null), TypeError);
});
`,
    "README.md": `# ${name}

Greets whoever calls it. Say here what it does, and for whom.

## Usage

Other plugins and the assistant call it over the service bus:

\`\`\`ts
await host.bus.invoke("${id}", "greet", { name: "Ada" }); // "Hello, Ada!"
\`\`\`

## Permissions

None: it reads and writes nothing outside its own code. What the code uses must stand in \`plugin.yaml\`.

## Develop

\`\`\`sh
node --test            # Node 24 or newer runs TypeScript as it is
kos validate .
kos publish .
\`\`\`
`,
    "CHANGELOG.md": "# Changes\n\n## 0.1.0\n\nThe first version.\n",
    "icon.svg": ICON,
    ".kosignore": IGNORED,
  };
}
