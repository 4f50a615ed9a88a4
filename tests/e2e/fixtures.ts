import { test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { makePerson, makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import type { Principal } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";

/** What the global setup wrote about the running instance. */
export interface Instance {
  url: string;
  administratorLink: string;
  /** The database, object store and queue of the running instance: for arranging, and for looking behind the pages. */
  deps: Deps;
}

/** Someone with an account of their own and a browser of their own. */
export interface Person {
  principal: Principal;
  page: Page;
}

interface TestFixtures {
  /** A signed-in person with these instance roles, in a browser context that nobody else uses. */
  person: (roles?: InstanceRole[]) => Promise<Person>;
}

interface WorkerFixtures {
  instance: Instance;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  instance: [
    async ({}, use) => {
      const environment: Record<string, string | undefined> = { PUBLIC_URL: required("KOS_E2E_URL"), KOS_DATA_DIR: required("KOS_E2E_DATA"), LOG_LEVEL: "error" };
      completeEnvironment(environment);
      const deps = await openRuntime(readConfig(environment), "client", []);
      await use({ url: required("KOS_E2E_URL"), administratorLink: required("KOS_E2E_ADMINISTRATOR_LINK"), deps });
      await deps.queue.stop();
      await deps.db.$disconnect();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ instance }, use) => use(instance.url),
  person: async ({ browser, instance, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (roles = []) => {
      const principal = await makePerson(instance.deps, roles, uniqueName("person"));
      const context = await openContext(browser, baseURL ?? instance.url);
      opened.push(context);
      await signIn(context, instance, principal);
      return { principal, page: await context.newPage() };
    });
    for (const context of opened) await context.close();
  },
});

export { expect } from "@playwright/test";

/** A browser context with a network address of its own. */
export function openContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, extraHTTPHeaders: { "x-forwarded-for": ownAddress() } });
}

/** Puts a session that was opened just now into the context, as signing in does. */
export async function signIn(context: BrowserContext, instance: Instance, principal: Principal): Promise<void> {
  const [name = "", value = ""] = (await makeSessionCookie(instance.deps, principal)).split("=");
  await context.addCookies([{ name, value, url: instance.url, httpOnly: true, sameSite: "Lax" }]);
}

let given = 0;

/** The next address of the range that is kept for documentation (RFC 5737). */
function ownAddress(): string {
  given += 1;
  return `203.0.113.${given % 250}`;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: the suite runs through playwright.config.ts, whose global setup starts the instance.`);
  return value;
}
