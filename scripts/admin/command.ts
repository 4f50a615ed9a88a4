import type { Deps } from "#lib/runtime/index.ts";

/** What a command says: to a person, and as one JSON object. */
export interface Answer {
  text: string;
  json: Record<string, unknown>;
  /** What was looked at is not as it must be: the command ends with 1. */
  failed?: boolean;
}

export interface Options {
  scopes?: string | undefined;
  expires?: string | undefined;
  name?: string | undefined;
  "without-secrets"?: boolean | undefined;
  "link-from"?: string | undefined;
  language?: string | undefined;
  out?: string | undefined;
}

export interface Command {
  usage: string;
  does: string;
  run(deps: Deps, args: string[], options: Options): Promise<Answer>;
}
