import { listFailedJobs, retryFailedJob, setReadOnly } from "#lib/admin/index.ts";
import { createSignInLink, createToken, ensureUser, grantRole, removeAllFactors, requireUser, rolesOf } from "#lib/accounts/index.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/accounts/schema.ts";
import { badRequest, fetchOutside, OutgoingError } from "#lib/http/index.ts";
import { setPolicy } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { verifyRecord } from "#lib/transparency/index.ts";
import { BACKUP_COMMANDS, LONE_COMMANDS } from "./admin/backup-commands.ts";
import type { Answer, Command } from "./admin/command.ts";
import { IMPORT_COMMANDS } from "./admin/import-commands.ts";
import { importServices } from "./import-services.ts";

/** The operator's commands; each also answers with one JSON object. */
export const COMMANDS: Record<string, Command> = {
  "create-user": {
    usage: "create-user EMAIL",
    does: "make an account, or find it",
    run: async (deps, [email]) => {
      const user = await deps.db.$transaction((tx) => ensureUser(tx, required(email, "EMAIL")));
      return { text: `Account ${user.email} (${user.id})`, json: { id: user.id, email: user.email } };
    },
  },
  grant: {
    usage: "grant EMAIL ROLE",
    does: "give an account reviewer, security, council or administrator",
    run: async (deps, [email, role]) => {
      const user = await requireUser(deps.db, required(email, "EMAIL"));
      await deps.db.$transaction((tx) => grantRole(tx, { userId: user.id, role: required(role, "ROLE"), actorId: null }));
      return { text: `${user.email} is now ${role}`, json: { email: user.email, roles: await rolesOf(deps.db, user.id) } };
    },
  },
  "sign-in-link": {
    usage: "sign-in-link EMAIL",
    does: "print a link that signs the account in once, within a day",
    run: async (deps, [email]) => {
      const user = await requireUser(deps.db, required(email, "EMAIL"));
      const link = await deps.db.$transaction((tx) => createSignInLink(tx, { userId: user.id, publicUrl: deps.config.publicUrl, now: deps.now() }));
      return { text: link.url, json: { email: user.email, url: link.url, expiresAt: link.expiresAt.toISOString() } };
    },
  },
  "create-token": {
    usage: "create-token EMAIL --scopes a,b [--expires 90d] [--name TEXT]",
    does: `issue an API token with scopes out of ${TOKEN_SCOPES.join(", ")}`,
    run: async (deps, [email], options) => {
      const user = await requireUser(deps.db, required(email, "EMAIL"));
      const input = { userId: user.id, actorId: null, name: options.name ?? "made by the operator", scopes: parseScopes(options.scopes), expiresInDays: parseDays(options.expires ?? "90d"), now: deps.now() };
      const { token, item } = await deps.db.$transaction(async (tx) => createToken(tx, { ...input, roles: await rolesOf(tx, user.id) }));
      return { text: token, json: { token, id: item.id, scopes: item.scopes, expiresAt: item.expiresAt } };
    },
  },
  "remove-factors": {
    usage: "remove-factors EMAIL",
    does: "take every second factor from an account whose owner lost them, and end its sessions",
    run: async (deps, [email]) => {
      const user = await requireUser(deps.db, required(email, "EMAIL"));
      const { removed } = await removeAllFactors(deps, user.id);
      return { text: `${user.email} has no second factor any more (${removed} removed); its sessions have ended`, json: { email: user.email, removed } };
    },
  },
  "set-policy": {
    usage: "set-policy NAME",
    does: "switch the review policy (solo, team)",
    run: async (deps, [name]) => {
      const set = await setPolicy(deps.db, required(name, "NAME"));
      const empty = set.emptyRoles.length === 0 ? "" : `; nobody holds ${set.emptyRoles.join(", ")} yet`;
      const locked = set.withoutFactor.map((email) => `\n${email} has no second factor and cannot act in a role until one is set up under Settings`).join("");
      return { text: `The policy is now ${set.policy}${empty}${locked}`, json: { ...set } };
    },
  },
  "read-only": {
    usage: "read-only on REASON | off",
    does: "refuse changes everywhere, saying why, or allow them again; reading goes on",
    run: async (deps, [wanted, ...words]) => {
      if (wanted !== "on" && wanted !== "off") throw badRequest(`Say \`on\` or \`off\`, not \`${wanted ?? ""}\`.\n${usage()}`);
      const reason = wanted === "on" ? required(words.join(" "), "REASON") : null;
      await setReadOnly(deps, { reason, actorId: null });
      return { text: reason === null ? "Changes are accepted again" : `Changes are refused: ${reason}`, json: { readOnly: reason } };
    },
  },
  "failed-jobs": {
    usage: "failed-jobs",
    does: "list the background jobs that used up their attempts",
    run: async (deps) => {
      const jobs = await listFailedJobs(deps);
      const lines = jobs.map((job) => `${job.id} ${job.name} after ${job.attempts} attempts: ${job.reason}`);
      return { text: lines.length === 0 ? "No job has failed" : lines.join("\n"), json: { jobs } };
    },
  },
  "retry-job": {
    usage: "retry-job ID",
    does: "give a failed job one more attempt",
    run: async (deps, [id]) => {
      const job = await retryFailedJob(deps, { id: required(id, "ID"), actorId: null });
      return { text: `${job.name} ${job.id} runs again`, json: { ...job } };
    },
  },
  probe: {
    usage: "probe URL",
    does: "ask an address as the registry's own requests do: what it answers, or why it is refused",
    run: (deps, [url]) => probe(deps, required(url, "URL")),
  },
  "import-services": {
    usage: "import-services FILE…",
    does: "submit every service of services.yaml files as the catalogue's publisher",
    run: async (deps, files) => {
      const report = await importServices(deps, files.length === 0 ? [required(undefined, "FILE")] : files);
      const lines = [...report.submitted.map((item) => `submitted ${item.id} ${item.version}`), ...report.refused.map((item) => `refused   ${item.id}: ${item.detail}`)];
      return { text: lines.join("\n"), json: { ...report } };
    },
  },
  "verify-record": {
    usage: "verify-record",
    does: "read the public log again and compare it with the tables, the object store and every signed checkpoint",
    run: async (deps) => {
      const verdict = await verifyRecord(deps);
      const counts = `${verdict.leaves} leaves, ${verdict.tiles} tiles, ${verdict.checkpoints} checkpoints; ${verdict.waiting} leaves wait`;
      const lines = verdict.faults.map((fault) => `${fault.place}: ${fault.detail}`);
      if (verdict.more > 0) lines.push(`and ${verdict.more} more`);
      return { text: verdict.ok ? `The record is sound: ${counts}` : [`The record has faults: ${counts}`, ...lines].join("\n"), json: { ...verdict }, failed: !verdict.ok };
    },
  },
  ...IMPORT_COMMANDS,
  ...BACKUP_COMMANDS,
};

async function probe(deps: Deps, url: string): Promise<Answer> {
  try {
    const { address, status, body, ms, redirects, url: last } = await fetchOutside(url, { allow: deps.config.outgoingAllow });
    const words = [`${status} from ${address} in ${ms} ms, ${body.length} bytes`, ...(redirects === 0 ? [] : [`after ${redirects} redirects, at ${last}`])];
    return { text: words.join(", "), json: { ok: true, url: last, address, status, bytes: body.length, ms, redirects } };
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return { text: `${error.code}: ${error.message}`, json: { ok: false, code: error.code, detail: error.message } };
  }
}

/** One line per command. */
export function usage(): string {
  return ["npm run admin -- COMMAND [--json]", ...Object.values({ ...COMMANDS, ...LONE_COMMANDS }).map((command) => `  ${command.usage.padEnd(64)} ${command.does}`)].join("\n");
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw badRequest(`${name} is missing.\n${usage()}`);
  return value;
}

function parseScopes(text: string | undefined): TokenScope[] {
  const wanted = required(text, "--scopes").split(",").map((scope) => scope.trim());
  return wanted.map((scope) => {
    const known = TOKEN_SCOPES.find((candidate) => candidate === scope);
    if (known === undefined) throw badRequest(`\`${scope}\` is not a scope; the scopes are ${TOKEN_SCOPES.join(", ")}.`);
    return known;
  });
}

function parseDays(text: string): number {
  const match = /^(\d{1,3})([dh])$/.exec(text);
  const days = match === null ? 0 : Math.ceil(Number(match[1]) / (match[2] === "h" ? 24 : 1));
  if (days < 1 || days > 90) throw badRequest(`--expires takes days or hours up to 90 days, such as 30d or 12h, not \`${text}\`.`);
  return days;
}
