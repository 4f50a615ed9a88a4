import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { signDetached } from "@kosmarket/kit";
import { packReproducible } from "@kosmarket/inspect";
import { createPublisher, ensureUser, type Principal } from "#lib/accounts/index.ts";
import { readConfig, type Db } from "#lib/platform/index.ts";
import { submitPackage } from "#lib/publishing/index.ts";
import { initialisePolicy } from "#lib/review/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { BOOTSTRAP_SETTING } from "./administrator-link.ts";
import { catalogueKey } from "./catalogue-key.ts";
import { completeEnvironment } from "./environment.ts";

const root = join(import.meta.dirname, "..");
const COLLECTIONS = [
  { slug: "kos-catalogue", name: "kOS catalogue", folder: "catalog" },
  { slug: "kos-examples", name: "kOS examples", folder: "examples" },
] as const;

/**
 * The first start: sets the initial policy and publishes what ships with the registry, through the same code as
 * anyone's, signed with a key made now, under the policy `bootstrap`. Continues where an interrupted one stopped.
 */
async function bootstrap(deps: Deps): Promise<void> {
  await initialisePolicy(deps.db, deps.config.initialPolicy);
  const done = await deps.db.setting.findUnique({ where: { key: BOOTSTRAP_SETTING } });
  if (done !== null) return;
  const principal = await registryPrincipal(deps.db);
  const key = await catalogueKey(deps, principal, COLLECTIONS);
  const folders = COLLECTIONS.flatMap((collection) => packagesIn(collection.folder).map((folder) => ({ ...collection, folder })));
  process.stderr.write(`Publishing the ${folders.length} listings that ship with the registry\n`);
  for (const { slug, folder } of folders) await submitFolder(deps, principal, slug, folder, key[slug] ?? "");
  await waitUntilPublished(deps.db, folders.length);
  await deps.db.setting.create({ data: { key: BOOTSTRAP_SETTING, value: { at: deps.now().toISOString(), listings: folders.length } } });
}

async function registryPrincipal(db: Db): Promise<Principal> {
  const user = await ensureUser(db, "registry@localhost");
  await db.user.update({ where: { id: user.id }, data: { name: "kOS registry" } });
  const principal: Principal = { userId: user.id, email: user.email, name: "kOS registry", roles: [], via: "operator", scopes: null, listings: null, sessionId: null, authenticatedAt: null, steppedUpAt: null };
  for (const { slug, name } of COLLECTIONS) {
    if ((await db.publisher.findUnique({ where: { slug } })) === null) await createPublisher(db, { principal, slug, name, bootstrap: true });
  }
  return principal;
}

function packagesIn(folder: string): string[] {
  const full = join(root, folder);
  return readdirSync(full).filter((name) => statSync(join(full, name)).isDirectory()).map((name) => join(full, name));
}

async function submitFolder(deps: Deps, principal: Principal, publisher: string, folder: string, privateKey: string): Promise<void> {
  const { bytes, fileName } = await packReproducible(folder);
  const temporary = mkdtempSync(join(tmpdir(), "kos-bootstrap-"));
  try {
    const path = join(temporary, fileName);
    writeFileSync(path, bytes);
    await submitPackage(deps, { principal, publisher, part: "package", path, signature: await signDetached(bytes, privateKey), unlimited: true });
  } catch (error) {
    // An interrupted first start left it submitted or published already.
    const code = (error as { code?: string }).code;
    if (code !== "submission-open" && code !== "version-exists") throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function waitUntilPublished(db: Db, expected: number): Promise<void> {
  for (let shown = -1; ; await delay(250)) {
    const groups = await db.submission.groupBy({ by: ["state"], where: { publisher: { bootstrap: true } }, _count: true });
    const count = (state: string) => groups.find((group) => group.state === state)?._count ?? 0;
    const published = count("published");
    const returned = count("needs_changes") + count("in_review");
    if (published !== shown && published % 5 === 0) process.stderr.write(`  ${(shown = published)} of ${expected} published\n`);
    if (published + returned >= expected) {
      if (returned > 0) process.stderr.write(`  ${returned} wait for a person: see the review queue\n`);
      return;
    }
  }
}

completeEnvironment(process.env);
const deps = await openRuntime(readConfig(process.env), "client", []);
try {
  await bootstrap(deps);
} finally {
  await deps.queue.stop();
  await deps.db.$disconnect();
}
process.exit(0);
