import { checkListingId, suggestSlug } from "@kosmarket/kit";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { fileExists, fileUnwritable, wrongUsage } from "../command-line/errors.ts";
import { holdInterrupts } from "../command-line/hold-interrupts.ts";
import type { Choice } from "../command-line/open-prompts.ts";
import { writeResult } from "../command-line/write-result.ts";
import { LICENCE_IDS, LICENCES, type LicenceId } from "../scaffold/licences.ts";
import type { ScaffoldFiles, ScaffoldInput } from "../scaffold/scaffold-kind.ts";
import { service } from "../scaffold/service.ts";
import { typescriptPlugin } from "../scaffold/typescript-plugin.ts";
import { wasmPlugin } from "../scaffold/wasm-plugin.ts";

const KINDS = {
  typescript: { label: "a plugin in TypeScript", make: typescriptPlugin },
  wasm: { label: "a plugin as a WebAssembly module", make: wasmPlugin },
  service: { label: "a service: the description of an AI endpoint", make: service },
} as const satisfies Record<string, { label: string; make: (input: ScaffoldInput) => ScaffoldFiles }>;
type Kind = keyof typeof KINDS;

const HINT = "Nothing was written: an existing file is never overwritten. Choose another folder.";

export const initCommand: Command = {
  name: "init",
  group: "begin",
  summary: "Begin a plugin or a service in a new folder",
  usage: ["kos init FOLDER [--kind KIND] [--id ID] [--name NAME] [--license ID]"],
  positionals: { min: 1, max: 1 },
  options: {
    kind: { value: "KIND", text: `${Object.keys(KINDS).join(", ")}; typescript where nobody can be asked` },
    id: { value: "ID", text: "its id in the registry, for good; made of the folder's name" },
    name: { value: "NAME", text: "its name for people; made of the id" },
    license: { value: "ID", text: `${LICENCE_IDS.join(", ")}; MIT where nobody can be asked` },
    author: { value: "NAME", text: "who holds the copyright; the authors of NAME" },
  },
  notes: ["The folder passes `kos validate` without a warning: manifest, README, licence, icon, and for a plugin an entrypoint with its test. No file is ever overwritten."],
  run: init,
};

async function init(context: CommandContext): Promise<Outcome> {
  const [folder = ""] = context.args.positionals;
  const kind = await chooseKind(context);
  const input = await describe(context, folder);
  const holder = context.args.text("author") ?? `the authors of ${input.name}`;
  const files: ScaffoldFiles = { ...KINDS[kind].make(input), LICENSE: LICENCES[input.license](new Date().getFullYear(), holder) };
  const paths = Object.keys(files).map((name) => join(folder, name));
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw fileExists(taken, HINT);
  await holdInterrupts(() => writeAll(folder, files));
  const { terminal } = context;
  for (const path of paths.sort()) terminal.line({ style: "green", text: "made " }, path);
  terminal.line("Next: ", { style: "bold", text: `kos validate ${folder}` }, `, then `, { style: "bold", text: `kos publish ${folder}` });
  return { exit: "ok", json: { ok: true, folder: resolve(folder), kind, id: input.id, name: input.name, license: input.license, files: Object.keys(files).sort() } };
}

async function chooseKind({ args, prompts }: CommandContext): Promise<Kind> {
  const kinds = Object.keys(KINDS) as Kind[];
  const given = args.text("kind");
  const known = kinds.find((kind) => kind === given);
  if (given !== undefined && known === undefined) throw wrongUsage(`\`${given}\` is no kind`, `One of ${kinds.join(", ")}.`);
  return known ?? (await prompts?.choose("What will it be?", kinds.map((kind): Choice<Kind> => ({ label: KINDS[kind].label, value: kind })))) ?? "typescript";
}

async function describe({ args, prompts }: CommandContext, folder: string): Promise<ScaffoldInput & { license: LicenceId }> {
  const suggestion = suggestSlug(basename(resolve(folder)));
  const id = args.text("id") ?? (await prompts?.ask("Its id in the registry:", suggestion === "" ? undefined : suggestion)) ?? suggestion;
  const [fault] = checkListingId(id);
  if (fault !== undefined) throw wrongUsage(fault.detail, fault.suggestion ?? "Give another with --id.");
  const name = (args.text("name") ?? id.split("-").map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join(" ")).trim();
  if (name === "" || /[\u0000-\u001f\u007f]/.test(name)) throw wrongUsage("--name is one line of text");
  const given = args.text("license");
  const known = LICENCE_IDS.find((licence) => licence === given);
  if (given !== undefined && known === undefined) throw wrongUsage(`\`kos init\` has no text of the licence \`${given}\``, `It has ${LICENCE_IDS.join(", ")}; change LICENSE and the manifest afterwards for any other.`);
  return { id, name, license: known ?? (await prompts?.choose("Under which licence?", LICENCE_IDS.map((value): Choice<LicenceId> => ({ label: value, value })))) ?? "MIT" };
}

async function writeAll(folder: string, files: ScaffoldFiles): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileUnwritable(folder, error);
  });
  for (const [name, content] of Object.entries(files)) await writeResult(join(folder, name), content, { overwrite: false, hint: HINT });
}
