import { RegistryError } from "#lib/http/index.ts";

/** The log would contradict what it signed before: nothing is numbered or signed until a person has looked. */
export class RecordContradiction extends Error {
  constructor(detail: string) {
    super(`The record stopped: ${detail}`);
    this.name = "RecordContradiction";
  }
}

export const leafMissing = (leaf: string) => new RegistryError("not-found", `The record has no leaf \`${leaf}\`.`);
export const leafWaiting = (leaf: string) => new RegistryError("not-found", `The leaf \`${leaf}\` is written and waits for its number and a checkpoint; ask again in a second.`);
export const beyondTree = (what: string, size: number) => new RegistryError("not-found", `${what} is beyond the newest checkpoint, which covers ${size} entries.`);
export const noCheckpoint = () => new RegistryError("not-found", "The record has no checkpoint yet; the worker signs one within a minute of its first start.");
