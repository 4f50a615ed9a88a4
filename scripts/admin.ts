import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "#lib/platform/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { openRuntime } from "#lib/runtime/index.ts";
import { COMMANDS, usage } from "./admin-commands.ts";
import { LONE_COMMANDS } from "./admin/backup-commands.ts";
import { Refusal } from "./database/refusal.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { completeEnvironment, dataDirOf, readSecrets } from "./environment.ts";
import { prepareClient } from "./prepare-build.ts";

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, scopes: { type: "string" }, expires: { type: "string" }, name: { type: "string" }, "without-secrets": { type: "boolean" }, "link-from": { type: "string" }, language: { type: "string" }, out: { type: "string" }, help: { type: "boolean", default: false } },
});
const [name = "", ...args] = positionals;
const command = COMMANDS[name];
const alone = LONE_COMMANDS[name];

/** Prints one JSON object with --json, otherwise the sentence. */
function print(answer: { text: string; json: Record<string, unknown> }): void {
  process.stdout.write(values.json ? `${JSON.stringify(answer.json)}\n` : `${answer.text}\n`);
}

async function main(): Promise<number> {
  if (alone !== undefined && !values.help) {
    await prepareClient();
    print(await alone.runAlone(args, values));
    return 0;
  }
  if (command === undefined || values.help) {
    process.stderr.write(`${name === "" || values.help ? "" : `Unknown command \`${name}\`.\n`}${usage()}\n`);
    return values.help ? 0 : 2;
  }
  process.env["LOG_LEVEL"] ??= "error";
  await prepareClient();
  completeEnvironment(process.env);
  const dataDir = dataDirOf(process.env);
  const postgres = process.env["DATABASE_URL"] ? null : await startEmbeddedPostgres({ dataDir, password: readSecrets(dataDir).POSTGRES_PASSWORD });
  if (postgres !== null) {
    process.env["DATABASE_URL"] = postgres.url;
    const { migrate } = await import("./migrate.ts");
    await migrate(postgres.url);
  }
  const deps = await openRuntime(readConfig(process.env), postgres === null ? "client" : "worker", []);
  try {
    const answer = await command.run(deps, args, values);
    print(answer);
    return answer.failed === true ? 1 : 0;
  } finally {
    await deps.queue.stop();
    await deps.db.$disconnect();
    await postgres?.stop();
  }
}

try {
  process.exit(await main());
} catch (error) {
  const known = error instanceof RegistryError || error instanceof ConfigError || error instanceof Refusal;
  const detail = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  if (values.json) process.stdout.write(`${JSON.stringify({ error: error instanceof RegistryError ? error.code : "failed", detail })}\n`);
  else process.stderr.write(`${detail}\n`);
  process.exit(1);
}
