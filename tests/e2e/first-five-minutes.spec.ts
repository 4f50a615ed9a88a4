import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FeedSchema, type Feed } from "@kosmarket/kit";
import { packReproducible, type PackedFolder } from "@kosmarket/inspect";
import type { Download, Page } from "@playwright/test";
import { openGnupg } from "#tests/support/signing-keys.ts";
import { expect, test } from "./fixtures.ts";
import { recordRequests } from "./record-requests.ts";

const PUBLISHER = { name: "Quiet Harbour", slug: "quiet-harbour" };
const LISTING = "harbour-text-tidy";
const root = join(import.meta.dirname, "../..");

test("the first five minutes, from the home page to `gpg --verify`", async ({ browser, instance }) => {
  test.setTimeout(180_000);
  const recorder = await recordRequests();
  const context = await browser.newContext({ baseURL: instance.url, proxy: recorder.proxy });
  const page = await context.newPage();
  const times: { step: string; seconds: number }[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = Date.now();
    const result = await test.step(name, work);
    times.push({ step: name, seconds: (Date.now() - started) / 1000 });
    return result;
  };

  await step("home has real listings, labelled as what they are", () => seeHome(page));
  await step("search “speech to text” finds Whisper", () => findWhisper(page));
  await step("sign in with the administrator link", () => signInByLink(page, instance.administratorLink));
  await step("create a publisher", () => createPublisher(page));
  const key = await step("make a signing key", () => makeSigningKey(page));
  const packed = await packTextTidy();
  await step("drop a plugin and sign it in the browser", () => publishByDrop(page, packed));
  await step("see the checks pass", () => seeChecksPass(page));
  await step("approve it as the only administrator", () => approve(page));
  const entry = await step("the feed carries it", () => pollFeed(instance.url));
  await step("download it and verify with gpg", () => verifyAsStranger(instance.url, entry, packed.bytes));
  await step("the record says who approved", () => seeRecord(page));
  await step("the private half never left the browser", async () => expectNeverSent(recorder.sent(), key));

  await context.close();
  await recorder.close();
  const report = [...times, { step: "together", seconds: times.reduce((sum, { seconds }) => sum + seconds, 0) }].map(({ step: name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${name}`).join("\n");
  process.stdout.write(`${report}\n`);
  await test.info().attach("times", { body: report, contentType: "text/plain" });
});

async function seeHome(page: Page): Promise<void> {
  await page.goto("/");
  const newest = page.getByRole("list", { name: "Newest listings" });
  await expect(newest.getByRole("listitem").first()).toBeVisible();
  await expect(page.getByText(/^2\d services, \d+ plugins$/)).toBeVisible();
  await page.getByRole("link", { name: "All listings" }).click();
  const openai = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "OpenAI", exact: true }) });
  await expect(openai).toContainText("community-maintained, not by the vendor");
  await page.goto("/");
}

async function findWhisper(page: Page): Promise<void> {
  const field = page.getByRole("main").getByRole("searchbox", { name: "Search services and plugins" });
  await expect(field).toBeFocused();
  await field.fill("speech to text");
  await field.press("Enter");
  const results = page.getByRole("list", { name: "Results" });
  await expect(results.getByRole("listitem").first()).toContainText("Whisper");
  await results.getByRole("link", { name: /Whisper/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /Whisper/ })).toBeVisible();
}

async function signInByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Account of admin@localhost")).toBeVisible();
}

async function createPublisher(page: Page): Promise<void> {
  await page.goto("/keys");
  await page.getByRole("link", { name: "Create a publisher" }).click();
  await page.getByLabel("Name").fill(PUBLISHER.name);
  await expect(page.getByLabel("Slug")).toHaveValue(PUBLISHER.slug);
  await page.getByRole("button", { name: "Create publisher" }).click();
  await expect(page.getByText(`${PUBLISHER.name} has no signing key yet`)).toBeVisible();
}

/** Returns the private key as the browser saved it. */
async function makeSigningKey(page: Page): Promise<string> {
  const saved: Download[] = [];
  page.on("download", (download) => saved.push(download));
  await page.getByRole("button", { name: "Make a signing key" }).click();
  await expect(page.getByText("The key is made and its public half is registered")).toBeVisible();
  await expect.poll(() => saved.map((download) => download.suggestedFilename()).sort()).toEqual(["kos-revocation-certificate.asc", "kos-signing-key.asc"]);
  const download = saved.find((one) => one.suggestedFilename() === "kos-signing-key.asc");
  const armored = readFileSync((await download?.path()) ?? "", "utf8");
  expect(armored).toContain("-----BEGIN PGP PRIVATE KEY BLOCK-----");
  await expect(page.getByRole("article", { name: /^Key / })).toContainText("Active");
  return armored;
}

/** The example plugin under an id of its own, as `kos pack` makes it. */
async function packTextTidy(): Promise<PackedFolder> {
  const folder = mkdtempSync(join(tmpdir(), "kos-e2e-plugin-"));
  try {
    cpSync(join(root, "examples/text-tidy"), folder, { recursive: true });
    const manifest = join(folder, "plugin.yaml");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/^id: .*$/m, `id: ${LISTING}`).replace(/^name: .*$/m, "name: Harbour Text Tidy"));
    return await packReproducible(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function publishByDrop(page: Page, packed: PackedFolder): Promise<void> {
  // A link, not a new load: the key stays in this page's memory only while the page lives.
  await page.getByRole("link", { name: "Publish something" }).click();
  const dataTransfer = await page.evaluateHandle(
    ({ base64, name }) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: "application/zip" }));
      return transfer;
    },
    { base64: Buffer.from(packed.bytes).toString("base64"), name: packed.fileName },
  );
  await page.getByRole("group", { name: "File to publish" }).dispatchEvent("drop", { dataTransfer });
  await expect(page.getByText("The checks that need only the file found nothing wrong.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Publisher" })).toHaveValue(PUBLISHER.slug);
  await expect(page.getByRole("radio", { name: "Sign in this browser" })).toBeChecked();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Harbour Text Tidy/ })).toBeVisible();
  await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}$/);
}

async function seeChecksPass(page: Page): Promise<void> {
  await expect(page.getByRole("listitem").filter({ hasText: "Review, now" })).toBeVisible({ timeout: 60_000 });
  const checks = page.getByRole("list", { name: "Checks" });
  await expect(checks).toContainText("passed in");
  await expect(checks.getByText(/^(failed|could not run|waiting|running)\b/)).toHaveCount(0);
}

async function approve(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Review" }).click();
  await page.getByRole("link", { name: "Harbour Text Tidy" }).click();
  const pane = page.getByRole("complementary", { name: "Decision pane" });
  await expect(pane).toContainText("You submitted this yourself");
  await expect(pane).toContainText("self-approved, single operator");
  await pane.getByLabel("Reason").fill("Read the source: it changes text and logs one line, as its README says.");
  await pane.getByRole("button", { name: "Approve" }).click();
  await expect(pane.getByText("Approved and published")).toBeVisible();
}

async function pollFeed(url: string): Promise<Feed[string]> {
  let entry: Feed[string] | undefined;
  await expect
    .poll(async () => {
      entry = FeedSchema.parse(await (await fetch(`${url}/api/feed.json`)).json())[LISTING];
      return entry?.latest;
    })
    .toBe("1.0.0");
  if (entry === undefined) throw new Error("the feed lost the entry that it just had");
  return entry;
}

async function verifyAsStranger(url: string, entry: Feed[string], packed: Uint8Array): Promise<void> {
  const bytes = Buffer.from(await (await fetch(entry.url)).arrayBuffer());
  expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`).toBe(entry.checksum);
  expect(bytes.equals(packed), "the bytes that were dropped").toBe(true);
  const keys = await (await fetch(`${url}/api/v1/publishers/${PUBLISHER.slug}/keys.asc`)).text();
  const gpg = openGnupg();
  try {
    gpg.run(["--import", gpg.file("keys.asc", keys)]);
    const status = gpg.run(["--status-fd", "1", "--verify", gpg.file("package.zip.asc", entry.signature), gpg.file("package.zip", bytes)]);
    expect(status).toContain("GOODSIG");
    expect(status).toContain(PUBLISHER.name);
  } finally {
    gpg.dispose();
  }
}

async function seeRecord(page: Page): Promise<void> {
  await page.goto("/submissions");
  await page.getByRole("link", { name: "Harbour Text Tidy" }).click();
  await expect(page.getByRole("list", { name: "Decisions" })).toContainText("self-approved, single operator");
  await page.getByRole("link", { name: "Open the listing" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Harbour Text Tidy/ })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(PUBLISHER.name);
}

function expectNeverSent(sent: Buffer, armored: string): void {
  expect(sent.includes("-----BEGIN PGP PUBLIC KEY BLOCK-----"), "the recorder sees what is sent").toBe(true);
  expect(sent.includes("PRIVATE KEY BLOCK"), "no private key block was sent").toBe(false);
  const secret = armored.split(/\r?\n/).filter((line) => /^[A-Za-z0-9+/]{60,}$/.test(line));
  expect(secret.length).toBeGreaterThan(3);
  // The first line holds only the public point, which is meant to be sent; the secret begins in the second.
  const leaked = secret.slice(1).filter((line) => sent.includes(line));
  expect(leaked).toEqual([]);
}
