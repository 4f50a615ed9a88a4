import type { Page } from "@playwright/test";
import type { Principal } from "#lib/accounts/index.ts";
import { makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { submitPlugin } from "#tests/support/submissions.ts";
import { generateSigningKey } from "@kosmarket/kit";
import { expect, openContext, test, type Instance } from "./fixtures.ts";

test("a visitor is sent to the sign-in page and comes back", async ({ page }) => {
  for (const path of ["/publish", "/keys", "/tokens", "/submissions", "/review", "/admin"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  }
});

test("a member gets 403 where a role is needed, and reads who has it", async ({ person, instance }) => {
  const { page } = await person();
  const submission = await waitingSubmission(instance, (await person()).principal);
  for (const [path, who] of [["/review", "Reviewers, security, council and administrators work here"], [`/review/${submission.id}`, "Reviewers, security, council and administrators work here"], ["/admin", "Administrators work here"]] as const) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByText(who)).toBeVisible();
  }
  expect((await page.goto(`/submissions/${submission.id}`))?.status(), "someone else's submission is not even named").toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is at this address" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Review" })).toBeHidden();
});

test("changes are requested, the publisher learns why, sends new bytes, and is rejected with a reason", async ({ person, instance }) => {
  const publisher = await person();
  const reviewer = await person(["reviewer"]);
  const { id, listing } = await waitingSubmission(instance, publisher.principal);

  await decide(reviewer.page, id, "Request changes", "The README does not say what the log line is for.");
  await expect(reviewer.page.getByText("The publisher sees your reason and may send new bytes.")).toBeVisible();

  await publisher.page.goto("/submissions");
  await publisher.page.getByRole("row").filter({ hasText: listing }).getByRole("link").click();
  await expect(publisher.page.getByRole("list", { name: "Decisions" })).toContainText("The README does not say what the log line is for.");
  await expectMail(publisher.page, `${listing} 1.0.0 needs changes`, "The README does not say what the log line is for.");

  const again = await resubmit(publisher.page, id, await packPlugin({ id: listing, files: { LICENSE: "Apache License 2.0, in full at http://www.apache.org/licenses/LICENSE-2.0\n" } }));
  expect(again).not.toBe(id);
  await decide(reviewer.page, again, "Reject", "The log line still is not explained, and nothing else is done.");
  await expect(reviewer.page.getByText("The publisher sees your reason and may appeal.")).toBeVisible();

  await publisher.page.goto(`/submissions/${again}`);
  await expect(publisher.page.getByRole("list", { name: "Decisions" })).toContainText("The log line still is not explained");
  await expectMail(publisher.page, `${listing} 1.0.0 was rejected`, "The log line still is not explained");
  expect(await instance.deps.db.version.count({ where: { listing: { slug: listing } } }), "nothing was published").toBe(0);
});

test("of two reviewers at once the slower sees what changed, and loses nothing", async ({ person, instance }) => {
  const [quick, slow] = [await person(["reviewer"]), await person(["security"])];
  const { id } = await waitingSubmission(instance, (await person()).principal);
  const reason = "It reads no files and reaches no network; the code matches its README.";
  await slow.page.goto(`/review/${id}`);
  await slow.page.getByLabel("Reason").fill(reason);

  await decide(quick.page, id, "Request changes", "Name the tide table that you use.");
  await expect(quick.page.getByText("The publisher sees your reason and may send new bytes.")).toBeVisible();

  await slow.page.getByRole("button", { name: "Approve" }).click();
  const banner = slow.page.getByRole("status").filter({ hasText: "Nothing was decided: the submission changed while you were reading" });
  await expect(banner).toContainText("It moved from “In review” to “Needs changes”.");
  await expect(banner).toContainText("Name the tide table that you use.");
  await expect(slow.page.getByLabel("Reason")).toHaveValue(reason);
  const decisions = await instance.deps.db.decision.findMany({ where: { submissionId: id } });
  expect(decisions.map((decision) => decision.decision)).toEqual(["request_changes"]);

  await banner.getByRole("button", { name: "Show the current state" }).click();
  await expect(banner).toBeHidden();
  await expect(slow.page.getByRole("main").getByText("Needs changes", { exact: true })).toBeVisible();
});

test("a claim keeps a second reviewer from deciding", async ({ person, instance }) => {
  const [first, second] = [await person(["reviewer"]), await person(["reviewer"])];
  const { id } = await waitingSubmission(instance, (await person()).principal);
  await first.page.goto(`/review/${id}`);
  await first.page.getByRole("button", { name: "Claim for 20 minutes" }).click();
  await expect(first.page.getByRole("timer")).toContainText(/Yours for (19|20):\d\d/);

  await second.page.goto(`/review/${id}`);
  await expect(second.page.getByText(/ is reading this$/)).toBeVisible();
  await decideHere(second.page, "Approve", "Looks sound.");
  await expect(second.page.getByRole("alert").filter({ hasText: "Another reviewer holds the claim" })).toBeVisible();
  expect(await instance.deps.db.decision.count({ where: { submissionId: id } })).toBe(0);
});

test("an e-mail link from the outbox signs in, once, where the person wanted to go", async ({ browser, instance }) => {
  const context = await openContext(browser, instance.url);
  const page = await context.newPage();
  const email = `${uniqueName("reader")}@example.org`;
  await page.goto("/tokens");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The message is in the outbox" })).toBeVisible();
  await page.getByRole("link", { name: "Open the outbox" }).click();
  await page.getByRole("list", { name: "Messages" }).getByRole("link").filter({ hasText: email }).click();
  await page.getByRole("main").getByRole("link", { name: /\/sign-in\/confirm\?/ }).click();
  await expect(page.getByRole("main")).toContainText(email);
  const confirmation = page.url();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/tokens");
  await expect(page.getByLabel(`Account of ${email}`)).toBeVisible();

  const stranger = await openContext(browser, instance.url);
  const second = await stranger.newPage();
  await second.goto(confirmation);
  await second.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(second).toHaveURL(/\/sign-in\/error/);
  await expect(second.getByRole("link", { name: "Sign in" })).toBeVisible();
  await context.close();
  await stranger.close();
});

test("a token is shown once, works, and stops working when revoked", async ({ person, instance }) => {
  const { page } = await person();
  await page.goto("/tokens");
  await page.getByLabel("Name").fill("Build server");
  await page.getByRole("checkbox", { name: /read/i }).check();
  await page.getByRole("button", { name: "Create token" }).click();
  const secret = await page.getByRole("group", { name: "token", exact: true }).innerText();
  expect(secret).toMatch(/^kos_[A-Za-z0-9_-]{20,}$/);
  const ask = async () => (await fetch(`${instance.url}/api/v1/submissions`, { headers: { authorization: `Bearer ${secret}` } })).status;
  expect(await ask()).toBe(200);

  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Build server" })).toBeVisible();
  await expect(page.getByText(secret)).toBeHidden();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("button", { name: "Revoke Build server" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Build server" })).toContainText("revoked");
  expect(await ask()).toBe(401);
});

test("a certificate is registered and revoked; a private key is stopped in the page", async ({ person, instance }) => {
  const { page, principal } = await person();
  const slug = await makePublisher(instance.deps, principal);
  const key = await generateSigningKey({ name: "Quiet Press", email: "press@example.org" });
  await page.goto(`/keys?publisher=${slug}`);
  const field = page.getByLabel("Public certificate or OpenSSH key");
  await field.fill(key.privateKey);
  await expect(page.getByText("This is a private key. It was not sent")).toBeVisible();
  await expect(page.getByRole("button", { name: "Register certificate" })).toBeDisabled();

  await field.fill(key.publicKey);
  await page.getByRole("button", { name: "Register certificate" }).click();
  await expect(page.getByText("The certificate is registered")).toBeVisible();
  const card = page.getByRole("article", { name: `Key ${key.fingerprint.slice(-16)}` });
  await expect(card).toContainText("Active");
  expect(await (await fetch(`${instance.url}/api/v1/publishers/${slug}/keys.asc`)).text()).toContain("BEGIN PGP PUBLIC KEY BLOCK");

  await card.getByRole("button", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").selectOption("Replaced by a newer key");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(card).toContainText("Revoked");
  await expect(card.getByRole("button", { name: "Revoke" })).toBeHidden();
});

test("signing out ends the session here and on the server", async ({ person, instance }) => {
  const { page, principal } = await person();
  await page.goto("/");
  const cookies = await page.context().cookies();
  await page.getByLabel(`Account of ${principal.email}`).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  const old = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  expect((await fetch(`${instance.url}/api/v1/tokens`, { headers: { cookie: old } })).status, "the cookie of before").toBe(401);
});

/** A plugin of this person's that waits for a reviewer, its checks run by the instance's own worker. */
async function waitingSubmission(instance: Instance, principal: Principal): Promise<{ id: string; listing: string }> {
  const listing = uniqueName("harbour");
  const publisher = await makePublisher(instance.deps, principal);
  const { id } = await submitPlugin(instance.deps, { principal, publisher }, { id: listing });
  await expect.poll(async () => (await instance.deps.db.submission.findUnique({ where: { id } }))?.state, { timeout: 45_000 }).toBe("in_review");
  return { id, listing };
}

async function decide(page: Page, id: string, decision: "Approve" | "Request changes" | "Reject", reason: string): Promise<void> {
  await page.goto(`/review/${id}`);
  await decideHere(page, decision, reason);
}

async function decideHere(page: Page, decision: "Approve" | "Request changes" | "Reject", reason: string): Promise<void> {
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: decision }).click();
}

/** Sends other bytes from the page of a returned submission; returns the new submission's id. */
async function resubmit(page: Page, id: string, bytes: Uint8Array): Promise<string> {
  await page.goto(`/submissions/${id}`);
  await page.getByRole("link", { name: "Publish new bytes" }).click();
  await page.getByLabel("Choose a file").first().setInputFiles({ name: "harbour-1.0.0.zip", mimeType: "application/zip", buffer: Buffer.from(bytes) });
  await page.getByRole("radio", { name: "Publish unsigned" }).check();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page).toHaveURL(/\/submissions\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("listitem").filter({ hasText: "Review, now" })).toBeVisible({ timeout: 45_000 });
  return page.url().slice(-36);
}

async function expectMail(page: Page, subject: string, text: string): Promise<void> {
  await page.goto("/outbox");
  await page.getByRole("link", { name: subject }).click();
  await expect(page.getByRole("main").getByText(text)).toBeVisible();
}
