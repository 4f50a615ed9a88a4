import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Db, Tx } from "#lib/platform/index.ts";
import { INSTANCE_ROLES } from "./schema.ts";

const PolicyFile = z.strictObject({
  name: z.enum(["solo", "team", "bootstrap"]),
  revision: z.number().int().positive(),
  /** Instance roles that may decide. */
  deciders: z.array(z.enum(INSTANCE_ROLES)),
  independence: z.enum(["none", "not-submitter"]),
  self_approval_note: z.string().optional(),
  /** "review": a person decides; "fast-lane": the policy decides once every check has passed. */
  routing: z.enum(["review", "fast-lane"]),
  claim_minutes: z.number().int().positive(),
  claim_renewals: z.number().int().nonnegative(),
  /** Days for which a newly registered key brings a person; none where it is left out. */
  young_key_days: z.number().int().nonnegative().optional(),
  /** Instance roles that nobody acts in without a second factor. */
  second_factor: z.strictObject({ roles: z.array(z.enum(INSTANCE_ROLES)) }),
});

export interface Policy extends z.infer<typeof PolicyFile> {
  /** `<revision>@<first 12 hex digits of the file's sha256>`: what a decision pins. */
  pinned: string;
}

/** Key of the setting that names the policy in force. */
export const POLICY_SETTING = "policy";

const loaded = new Map<string, Policy>();

/** A policy file, schema-checked, read once by each process. Throws with the fault's place when the file is wrong. */
export function loadPolicy(name: Policy["name"]): Policy {
  const known = loaded.get(name) ?? readPolicyFile(name);
  loaded.set(name, known);
  return known;
}

function readPolicyFile(name: Policy["name"]): Policy {
  const text = readFileSync(join(process.cwd(), "policies", `${name}.yaml`), "utf8");
  const parsed = PolicyFile.parse(parse(text));
  return { ...parsed, pinned: `${parsed.revision}@${createHash("sha256").update(text).digest("hex").slice(0, 12)}` };
}

/** The policy in force. */
export async function activePolicy(tx: Db | Tx): Promise<Policy> {
  const row = await tx.setting.findUnique({ where: { key: POLICY_SETTING } });
  return loadPolicy(PolicyFile.shape.name.catch("solo").parse(row?.value));
}
