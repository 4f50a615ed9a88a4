import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** A publisher with a person, a token and a key of its own, so that limits count it alone. */
export interface Press {
  slug: string;
  token: string;
  sign: (bytes: Uint8Array) => Promise<string>;
}

export interface Actors {
  presses: Press[];
  /** Tokens that may decide. */
  reviewers: string[];
}

/** Arranges who acts in a drill, in the database directly: opening accounts is limited. */
export async function hireActors(deps: Deps, wanted: { presses: number; reviewers: number }): Promise<Actors> {
  const presses: Press[] = [];
  for (let n = 0; n < wanted.presses; n++) {
    const owner = await makePerson(deps, [], uniqueName("author"));
    const slug = await makePublisher(deps, owner, uniqueName("press"));
    const { sign } = await registerKey(deps, owner, slug);
    presses.push({ slug, token: await makeToken(deps, owner, ["publish", "read", "yank"]), sign });
  }
  const reviewers: string[] = [];
  for (let n = 0; n < wanted.reviewers; n++) reviewers.push(await makeToken(deps, await makePerson(deps, ["reviewer"]), ["read", "review:decide"]));
  return { presses, reviewers };
}
