import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { INSTANCE_ROLES } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Db, Tx } from "#lib/platform/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";

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
});

export interface Policy extends z.infer<typeof PolicyFile> {
  /** `<revision>@<first 12 hex digits of the file's sha256>`: what a decision pins. */
  pinned: string;
}

export const SETTABLE_POLICIES = ["solo", "team"] as const;
const SETTING = "policy";

/** A policy file, schema-checked. Throws with the fault's place when the file is wrong. */
export function loadPolicy(name: Policy["name"]): Policy {
  const text = readFileSync(join(process.cwd(), "policies", `${name}.yaml`), "utf8");
  const parsed = PolicyFile.parse(parse(text));
  return { ...parsed, pinned: `${parsed.revision}@${createHash("sha256").update(text).digest("hex").slice(0, 12)}` };
}

/** The policy in force. */
export async function activePolicy(tx: Tx): Promise<Policy> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } });
  return loadPolicy(PolicyFile.shape.name.catch("solo").parse(row?.value));
}

/** Sets the first policy of a new instance; a later start leaves what is there. */
export async function initialisePolicy(tx: Tx, name: string): Promise<void> {
  await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: name }, update: {} });
}

/**
 * Switches the policy. Refuses one that nobody could decide under: `team` needs two accounts that hold a deciding role.
 */
export async function setPolicy(db: Db, name: string): Promise<{ policy: string; emptyRoles: string[] }> {
  const known = SETTABLE_POLICIES.find((candidate) => candidate === name);
  if (known === undefined) throw badRequest(`\`${name}\` is not a policy that can be set; there are ${SETTABLE_POLICIES.join(", ")}.`);
  return await db.$transaction(async (tx) => {
    const policy = loadPolicy(known);
    const holders = await tx.userRole.findMany({ where: { role: { in: policy.deciders }, user: { suspendedAt: null } } });
    const emptyRoles = policy.deciders.filter((role) => !holders.some((row) => row.role === role));
    const people = new Set(holders.map((row) => row.userId)).size;
    const needed = policy.independence === "none" ? 1 : 2;
    if (people < needed) throw badRequest(`The policy \`${name}\` needs ${needed} people who may decide (${policy.deciders.join(", ")}); there ${people === 1 ? "is 1" : `are ${people}`}. Grant the roles first.`);
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: name }, update: { value: name, updatedAt: new Date() } });
    const event = await recordEvent(tx, { name: "review:policy:set", subject: `policy:${name}`, actorId: null, data: { pinned: policy.pinned } });
    await recordLeaf(tx, `event:${event}`, null);
    return { policy: name, emptyRoles };
  });
}
