import { isCanonicalVersion } from "@kosmarket/kit";
import { z } from "zod";
import type { Command, CommandContext, OptionTable, Outcome } from "../command-line/command.ts";
import { CommandError, wrongUsage } from "../command-line/errors.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { findToken } from "./find-token.ts";
import { postJson } from "./post-json.ts";
import { registryAddress } from "./registry-address.ts";

/** What the registry knows to do with a published version, apart from giving it out. */
export interface VersionChange {
  verb: "yank" | "unyank" | "deprecate";
  /** what `kos help` says of it */
  summary: string;
  /** what follows, in words that stand after "ID VERSION" */
  means: string;
  options?: OptionTable;
  notes?: readonly string[];
}

const CHANGE_OPTIONS = {
  reason: { value: "TEXT", text: "why; hosts and readers see it" },
  yes: { text: "do not ask before" },
  ...REGISTRY_OPTIONS,
  ...TOKEN_OPTIONS,
} as const satisfies OptionTable;

/** The command for one such change: they differ in the verb and its words alone. */
export function versionCommand({ verb, summary, means, options = {}, notes = [] }: VersionChange): Command {
  const further = Object.entries(options).map(([name, { value = "" }]) => ` [--${name} ${value}]`).join("");
  return {
    name: verb,
    group: "afterwards",
    summary,
    usage: [`kos ${verb} ID@VERSION --reason TEXT${further}`],
    positionals: { min: 1, max: 1 },
    options: { ...CHANGE_OPTIONS, ...options },
    notes: [...notes, "At a terminal it asks before it acts. The token needs the scope `yank`. It stands in the public record, with the reason."],
    run: (context) => changeVersion(context, verb, means),
  };
}

async function changeVersion(context: CommandContext, verb: VersionChange["verb"], means: string): Promise<Outcome> {
  const { args, terminal, prompts } = context;
  const [name = ""] = args.positionals;
  const { id, version } = parseVersionName(name, verb);
  const registry = registryAddress(context);
  const token = await findToken(context, registry);
  const reason = (args.text("reason") ?? (await prompts?.ask(`Why? Hosts and readers see it:`)) ?? "").trim();
  if (reason === "") throw wrongUsage("why? Give a reason: hosts and readers see it", `Run \`kos ${verb} ${name} --reason "…"\`.`);
  terminal.note({ style: "bold", text: `${id} ${version}` }, ` at ${registry}: ${means}`);
  if (prompts !== null && !args.flag("yes") && !(await prompts.confirm(`Really ${verb} it?`))) {
    terminal.note("Nothing was changed.");
    return { exit: "refused", json: { ok: false, changed: false } };
  }
  const successor = args.text("successor");
  const json = { reason, ...(successor === undefined ? {} : { successor }) };
  await postJson({ url: `${registry}/api/v1/listings/${id}/versions/${encodeURIComponent(version)}/${verb}`, token, json }, z.looseObject({})).catch((error: unknown) => {
    throw withScopeHint(error, registry);
  });
  terminal.line({ style: "green", text: "Done" }, `: ${id} ${version}, ${means}`);
  return { exit: "ok", json: { ok: true, registry, listing: id, version, change: verb, reason, ...(successor === undefined ? {} : { successor }) } };
}

function parseVersionName(name: string, verb: string): { id: string; version: string } {
  const [, id, version] = /^([a-z0-9-]+)@(.+)$/.exec(name) ?? [];
  if (id === undefined || version === undefined) throw wrongUsage(`\`${name}\` is not ID@VERSION`, `Such as \`kos ${verb} openai@1.8.0\`: one version at a time.`);
  if (!isCanonicalVersion(version)) throw wrongUsage(`\`${version}\` is not a version`, "Such as 1.8.0.");
  return { id, version };
}

function withScopeHint(error: unknown, registry: string): unknown {
  if (!(error instanceof CommandError) || error.members.status !== 403) return error;
  const hint = `Only an owner or maintainer of its publisher can, with a token of the scope \`yank\`: \`kos login --registry ${registry}\` makes one.`;
  return new CommandError("registry-refused", error.message, { hint, problems: error.problems, members: error.members });
}
