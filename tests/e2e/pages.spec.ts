import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { PAGES } from "../../app/api/_rules.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { submitBytes, submitPlugin } from "#tests/support/submissions.ts";
import { findViolations } from "./find-violations.ts";
import { TAKES_SCREENSHOTS, takeScreenshot } from "./take-screenshot.ts";
import { expect, openContext, signIn, test, type Instance } from "./fixtures.ts";

interface Visit {
  /** Address, with `{submission}` for the one that waits for review. */
  path: string;
  signedIn?: true;
  status?: number;
  /** A sentence or name that stands on the page and is readable without scripts. */
  shows: string | RegExp;
}

/** One visit of each page; the type fails to check when a page is added without one. */
const VISITS: Record<keyof typeof PAGES, Visit> = {
  "/": { path: "/", shows: "Services and plugins for kOS, with the proof attached." },
  "/search": { path: "/search?q=speech+to+text", shows: "Whisper" },
  "/listings/{id}": { path: "/listings/whisper", shows: "community-maintained" },
  "/publishers/{slug}": { path: "/publishers/kos-catalogue", shows: "kOS catalogue" },
  "/taxonomy": { path: "/taxonomy", shows: "speech_to_text" },
  "/log": { path: "/log", shows: "Everything public that happens here is one entry in a log that can only grow." },
  "/api/docs": { path: "/api/docs", shows: "/api/v1/listings" },
  "/docs/errors": { path: "/docs/errors", shows: "rate-limited" },
  "/sign-in": { path: "/sign-in", shows: "Searching and installing need no account." },
  "/sign-in/sent": { path: "/sign-in/sent", shows: "The message is in the outbox" },
  "/sign-in/link": { path: "/sign-in/link?token=kept-for-a-person", shows: "It signs this browser in, once." },
  "/sign-in/confirm": { path: "/sign-in/confirm?token=kept-for-a-person&email=reader%40example.org", shows: "reader@example.org" },
  "/sign-in/error": { path: "/sign-in/error?error=Verification", shows: "This one was used already" },
  "/outbox": { path: "/outbox", shows: "Development outbox" },
  "/unsubscribe": { path: "/unsubscribe?t=incomplete", shows: "This address is incomplete" },
  "/device": { path: "/device", signedIn: true, shows: "A command line that you started shows a code of eight letters." },
  "/settings/mail": { path: "/settings/mail", signedIn: true, shows: "Which news reach you by mail." },
  "/teams": { path: "/teams", signedIn: true, shows: "Your publishers" },
  "/teams/{slug}": { path: "/teams/{publisher}", signedIn: true, shows: "No domain is proven" },
  "/teams/{slug}/trusted-publishing": { path: "/teams/{publisher}/trusted-publishing", signedIn: true, shows: "No workflow is trusted" },
  "/invitations": { path: "/invitations?token=kept-for-a-person", shows: "This invitation cannot be answered" },
  "/claims": { path: "/claims", signedIn: true, shows: "You have filed no claim" },
  "/settings": { path: "/settings", signedIn: true, shows: "A sign-in link sent there always works." },
  "/settings/sign-in": { path: "/settings/sign-in", signedIn: true, shows: "this device" },
  "/settings/email/confirm": { path: "/settings/email/confirm?token=kept-for-a-person", signedIn: true, shows: "If you did not ask for another one, close the page" },
  "/settings/security/undo": { path: "/settings/security/undo?token=kept-for-a-person", shows: "The second factor goes, and every one that was added after it." },
  "/settings/email/undo": { path: "/settings/email/undo?token=kept-for-a-person", shows: "The account gets its old address again." },
  "/publish": { path: "/publish", signedIn: true, shows: "Drop a package or a service file" },
  "/publishers/new": { path: "/publishers/new", signedIn: true, shows: "Create publisher" },
  "/submissions": { path: "/submissions", signedIn: true, shows: "Harbour Lights" },
  "/submissions/{id}": { path: "/submissions/{submission}", signedIn: true, shows: "Harbour Lights" },
  "/keys": { path: "/keys", signedIn: true, shows: "Active" },
  "/tokens": { path: "/tokens", signedIn: true, shows: "No tokens yet" },
  "/settings/security": { path: "/settings/security", signedIn: true, shows: "Set up an app" },
  "/review": { path: "/review", signedIn: true, shows: "Harbour Lights" },
  "/review/{id}": { path: "/review/{submission}", signedIn: true, shows: "Harbour Lights" },
  "/admin": { path: "/admin", signedIn: true, shows: "What this instance is doing right now." },
  "/admin/users": { path: "/admin/users", signedIn: true, shows: "Addresses are shown to administrators only." },
  "/admin/users/{id}": { path: "/admin/users/{person}", signedIn: true, shows: "Recent events" },
  "/admin/publishers": { path: "/admin/publishers", signedIn: true, shows: "kOS catalogue" },
  "/admin/roles": { path: "/admin/roles", signedIn: true, shows: "the last administrator stays" },
  "/admin/policy": { path: "/admin/policy", signedIn: true, shows: "Decides who may approve what." },
  "/admin/jobs": { path: "/admin/jobs", signedIn: true, shows: "catalog.changed" },
  "/admin/mail": { path: "/admin/mail", signedIn: true, shows: "What the registry wrote, and whether it left." },
  "/admin/storage": { path: "/admin/storage", signedIn: true, shows: "artifacts" },
  "/admin/announcements": { path: "/admin/announcements", signedIn: true, shows: "Nothing was announced yet" },
  "/admin/audit": { path: "/admin/audit?name=accounts:", signedIn: true, shows: "accounts:user:create" },
  "/privacy": { path: "/privacy", shows: "With an account, this is kept, and no more." },
  "/settings/data": { path: "/settings/data", signedIn: true, shows: "No copy of it is kept here." },
};

/** States that are no pages of their own, and the listing's other sides. */
const STATES: Record<string, Visit> = {
  "not found": { path: "/no-such-page", status: 404, shows: "Nothing is at this address" },
  "listing not found": { path: "/listings/no-such-listing", status: 404, shows: "Nothing is at this address" },
  "search without results": { path: "/search?q=zzqx", shows: "zzqx" },
  "listing versions": { path: "/listings/text-tidy?tab=versions", shows: "1.0.0" },
  "listing permissions": { path: "/listings/text-tidy?tab=permissions", shows: "log_output" },
  "listing dependencies": { path: "/listings/text-tidy?tab=dependencies", shows: "Text Tidy" },
  "listing health": { path: "/listings/whisper?tab=health", shows: "Whisper" },
  "listing record": { path: "/listings/text-tidy?tab=record", shows: "sha256" },
};

const EVERY = { ...VISITS, ...STATES };
const THEMES = ["light", "dark"] as const;
const WIDTHS = [360, 1440] as const;

test.describe("each page, in light and dark, narrow and wide", () => {
  let submission = "";
  let publisher = "";
  let keeper = "";
  let visitor: BrowserContext;
  let everyone: BrowserContext;

  test.beforeAll(async ({ browser, instance }) => {
    ({ submission, publisher, keeper } = await arrange(browser, instance, (context) => (everyone = context)));
    visitor = await openContext(browser, instance.url);
  });
  test.afterAll(async () => {
    await visitor.close();
    await everyone.close();
  });

  for (const [name, visit] of Object.entries(EVERY)) {
    test(name, async () => {
      const page = await (visit.signedIn ? everyone : visitor).newPage();
      const faults = collectFaults(page, visit.status ?? 200);
      const answer = await page.goto(visit.path.replace("{submission}", submission).replace("{publisher}", publisher).replace("{person}", keeper));
      expect(answer?.status()).toBe(visit.status ?? 200);
      await expect(page.getByRole("main")).toContainText(visit.shows);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expectKeyboardWay(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page), `scrolls sideways at ${width} px`).toBe(0);
        for (const colorScheme of THEMES) {
          await page.emulateMedia({ colorScheme });
          if (TAKES_SCREENSHOTS) await takeScreenshot(page, `${fileName(name)}-${colorScheme}-${width}`);
          else expect(await findViolations(page, colorScheme), `${colorScheme} at ${width} px`).toEqual([]);
        }
      }
      expect(faults).toEqual([]);
      await page.close();
    });
  }
});

test("the public pages are readable without scripts", async ({ browser, instance }) => {
  const context = await browser.newContext({ baseURL: instance.url, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [name, visit] of Object.entries(EVERY).filter(([, one]) => !one.signedIn)) {
    await page.goto(visit.path);
    await expect(page.getByRole("heading", { level: 1 }), name).toBeVisible();
    await expect(page.getByRole("main").getByText(visit.shows).filter({ visible: true }), name).not.toHaveCount(0);
  }
  await context.close();
});

test("at 200 % zoom the listing needs no sideways scrolling", async ({ browser, instance }) => {
  // What zooming a window of 1280 by 900 pixels to 200 % gives a page: half the room, twice the pixels.
  const context = await browser.newContext({ baseURL: instance.url, viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  for (const tab of ["", "?tab=versions", "?tab=permissions", "?tab=record"]) {
    await page.goto(`/listings/whisper${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await overflow(page), tab).toBe(0);
  }
  await context.close();
});

/** A person who may see everything, with a key, a published listing and one that waits. Returns the waiting submission's id, its publisher's name and the person's id. */
async function arrange(browser: Browser, instance: Instance, opened: (context: BrowserContext) => void): Promise<{ submission: string; publisher: string; keeper: string }> {
  const { deps } = instance;
  const context = await openContext(browser, instance.url);
  opened(context);
  const principal = await makePerson(deps, ["administrator"], uniqueName("keeper"));
  await deps.db.user.update({ where: { id: principal.userId }, data: { name: "Ada Keeper" } });
  await signIn(context, instance, principal);
  const publisher = await makePublisher(deps, principal);
  const key = await registerKey(deps, principal, publisher);
  const bytes = await packPlugin({ id: uniqueName("harbour"), permissions: ["log_output", "file_read"] });
  const { id } = await submitBytes(deps, { principal, publisher, signature: await key.sign(bytes) }, "package", bytes);
  const other = await makePerson(deps);
  const waiting = await submitPlugin(deps, { principal: other, publisher: await makePublisher(deps, other) }, { id: uniqueName("harbour") });
  for (const one of [id, waiting.id]) {
    await expect.poll(async () => (await deps.db.submission.findUnique({ where: { id: one } }))?.state, { timeout: 45_000 }).toBe("in_review");
  }
  return { submission: id, publisher, keeper: principal.userId };
}

/** What the browser complains about while a page is open: errors, warnings of the security policy, failed requests. */
function collectFaults(page: Page, status: number): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // Chromium reports the page's own status once, as a failed resource.
    const own = status >= 400 && message.text().startsWith("Failed to load resource") && message.location().url === page.url();
    if (!own && (message.type() === "error" || /content security policy/i.test(message.text()))) faults.push(message.text());
  });
  return faults;
}

/** The first stop of the Tab key leads past the header, and each stop can be seen. */
async function expectKeyboardWay(page: Page): Promise<void> {
  const skip = page.getByRole("link", { name: "Skip to content" });
  const field = page.getByRole("main").getByRole("searchbox", { name: "Search services and plugins" });
  if (new URL(page.url()).pathname === "/") {
    // Home puts the cursor into its search field; the way past the header is then behind it.
    await expect(field).toBeFocused();
    await skip.focus();
  } else {
    await page.keyboard.press("Tab");
  }
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  for (let stop = 0; stop < 6; stop += 1) {
    await page.keyboard.press("Tab");
    expect(await focusIsDrawn(page), `stop ${stop + 2} of the Tab key`).toMatch(/^drawn/);
  }
}

function focusIsDrawn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return "drawn by the browser itself";
    const styles = [getComputedStyle(focused), getComputedStyle(focused, "::after")];
    const outlined = styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
    return outlined ? "drawn" : `no outline on ${focused.outerHTML.slice(0, 200)}`;
  });
}

/** By how many pixels the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

function fileName(name: string): string {
  return name === "/" ? "home" : name.replace(/[{}]/g, "").replace(/^\//, "").replace(/[^a-z]+/g, "-");
}
