import type { OptionTable } from "./command.ts";

/** Options that every command takes. */
export const GLOBAL_OPTIONS = {
  json: { text: "print one JSON object and nothing else" },
  help: { text: "show this help (also -h)" },
} as const satisfies OptionTable;

/** Options of the commands that talk to a registry. */
export const REGISTRY_OPTIONS = {
  registry: { value: "URL", text: "the registry; KOS_REGISTRY, or http://localhost:3000" },
} as const satisfies OptionTable;

export const TOKEN_OPTIONS = {
  token: { value: "TOKEN", text: "better given in KOS_TOKEN, since other programs can see a command line" },
} as const satisfies OptionTable;
