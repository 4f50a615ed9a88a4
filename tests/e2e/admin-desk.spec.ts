import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { setReadOnly } from "#lib/admin/index.ts";
import { makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { findViolations } from "./find-violations.ts";
import { expect, test, type Instance, type Person } from "./fixtures.ts";
import { QUESTION, forgetProof, plugInAuthenticator } from "./second-factor.ts";

const REASON = "Asked for by its owner";

test("a publisher is suspended for a reason that its visitors and owners meet, and restored", async ({ person, instance }) => {
  const [{ page }, owner] = [await person(["administrator"]), await person()];
  const slug = await makePublisher(instance.deps, owner.principal);
  await page.goto(`/admin/publishers?q=${slug}`);
  const row = page.getByRole("row").filter({ hasText: slug });
  const dialog = await ask(page, `Suspend: ${slug}`);
  expect(await findViolations(page, "light")).toEqual([]);
  await expect(dialog.getByRole("button", { name: "Suspend" })).toBeDisabled();
  await dialog.getByLabel("Reason").fill(REASON);
  await page.keyboard.press("Enter");
  await expect(row).toContainText(REASON);
  await owner.page.goto(`/publishers/${slug}`);
  await expect(owner.page.getByText("This publisher is suspended.")).toBeVisible();
  await owner.page.goto(`/teams/${slug}`);
  await expect(owner.page.getByText("This publisher is suspended: nothing of it can be changed.")).toBeVisible();
  await expect(owner.page.getByRole("button", { name: "Invite", exact: true })).toBeHidden();

  await act(page, `Restore: ${slug}`, "Restore");
  await expect(row).toContainText("active");
  await owner.page.goto(`/teams/${slug}`);
  await expect(owner.page.getByRole("button", { name: "Invite", exact: true })).toBeVisible();
  const events = await instance.deps.db.auditEvent.findMany({ where: { subject: `publisher:${slug}`, name: { in: ["accounts:publisher:suspend", "accounts:publisher:restore"] } } });
  expect(events.map(({ data }) => (data as { reason: string }).reason)).toEqual([REASON, REASON]);
});

test("an account is suspended and restored, and is given a role that is taken back", async ({ person }) => {
  const [{ page }, other] = [await person(["administrator"]), await person()];
  const { email } = other.principal;
  await page.goto("/admin/users");
  await page.getByLabel("Address, name or id").fill(email);
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Users" }).getByRole("link", { name: email }).click();

  await page.getByLabel("Another role").selectOption("reviewer");
  await act(page, `Grant role: reviewer to ${email}`, "Grant role");
  await expect(page.getByRole("button", { name: `Take back: reviewer of ${email}` })).toBeVisible();
  await other.page.goto("/review");
  await expect(other.page.getByRole("heading", { level: 1 })).toHaveText(/Review/);
  await act(page, `Take back: reviewer of ${email}`, "Take back");
  await expect(page.getByText("A member: signed in, without a role.")).toBeVisible();
  expect((await other.page.goto("/review"))?.status()).toBe(403);

  await act(page, `Suspend account: ${email}`, "Suspend account");
  await expect(page.getByText("This account is suspended.")).toBeVisible();
  await other.page.goto("/settings");
  await expect(other.page).toHaveURL(/\/sign-in\?/);
  await act(page, `Restore account: ${email}`, "Restore account");
  await expect(page.getByText("This account is suspended.")).toBeHidden();
  await expect(page.getByRole("region", { name: "Events" })).toContainText("accounts:user:suspend");
});

test("the policy is set with a passkey that the step asks for; closing the question keeps what was typed", async ({ person, instance }) => {
  const { page, principal } = await person(["administrator"]);
  for (let count = 0; count < 2; count += 1) await person(["reviewer"]);
  await plugInAuthenticator(page);
  await page.goto("/settings/security");
  await page.getByLabel("Name of the new passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("Laptop");
  try {
    await forgetProof(instance, principal.userId);
    await page.goto("/admin/policy");
    const dialog = await ask(page, "Set policy: team");
    await dialog.getByLabel("Reason").fill(REASON);
    await page.keyboard.press("Enter");
    const question = page.getByRole("dialog", QUESTION);
    await expect(question.getByRole("button", { name: "Use a passkey" })).toBeFocused();
    expect(await findViolations(page, "light")).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(dialog.getByRole("alert")).toContainText("Confirm that it is you");
    await expect(dialog.getByLabel("Reason")).toHaveValue(REASON);
    await dialog.getByRole("button", { name: "Set policy" }).click();
    await question.getByRole("button", { name: "Use a passkey" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/team is active/)).toBeVisible();
  } finally {
    if (await page.getByRole("button", { name: "Set policy: solo" }).isVisible()) await act(page, "Set policy: solo", "Set policy");
  }
  await expect(page.getByText(/solo is active/)).toBeVisible();
});

test("an announcement stands above every page until it is ended", async ({ person, page: visitor, instance }) => {
  const { page } = await person(["administrator"]);
  const text = `Moving on Sunday, ${uniqueName("notice")}`;
  await page.goto("/admin/announcements");
  await page.getByLabel("Text").fill(text);
  await page.getByLabel("Tone").selectOption("Warning");
  await page.getByRole("button", { name: "Announce" }).click();
  await expect(page.getByLabel("Text")).toHaveValue("");
  await expectOn(visitor, text, true);
  await act(page, `End: ${text}`, "End");
  await expect(page.getByRole("button", { name: `End: ${text}` })).toBeHidden();
  await expectOn(visitor, text, false);
  await instance.deps.db.announcement.deleteMany({ where: { text } });
});

test("while changes are stopped, pages say why and forms keep what was typed", async ({ person, page: visitor, instance }) => {
  const { page } = await person(["administrator"]);
  const why = "moving to a new machine";
  await page.goto("/settings");
  try {
    await setReadOnly(instance.deps, { reason: why, actorId: null });
    await expectOn(visitor, why, true);
    await page.getByLabel("Name", { exact: true }).fill("Mara Lindt");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(why);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mara Lindt");
  } finally {
    await setReadOnly(instance.deps, { reason: null, actorId: null });
  }
  await expectOn(visitor, why, false);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
});

test("a failed message and a failed job are tried again", async ({ person, instance }) => {
  const { db } = instance.deps;
  const { page } = await person(["administrator"]);
  const [first, second] = [await failedMail(instance), await failedMail(instance)];
  await page.goto("/admin/mail?state=failed");
  await page.getByRole("button", { name: `Send “${first.subject}” again` }).click();
  await expect.poll(async () => (await db.mail.findUniqueOrThrow({ where: { id: first.id } })).sentAt).not.toBeNull();

  await db.$executeRaw`INSERT INTO pgboss.job (name, data, state, output, started_on, completed_on) VALUES ('mail.send', jsonb_build_object('mailId', ${second.id}::text), 'failed', '{"message": "the server hung up"}', now(), now())`;
  await page.goto("/admin/jobs");
  const row = page.getByRole("region", { name: "Jobs that gave up" }).getByRole("row").filter({ hasText: second.id });
  await expect(row).toContainText("the server hung up");
  await row.getByRole("button", { name: "Try mail.send again" }).click();
  await expect(row).toBeHidden();
  await expect.poll(async () => (await db.mail.findUniqueOrThrow({ where: { id: second.id } })).sentAt).not.toBeNull();
});

test("the audit trail is searched and handed over as lines, its ids on one line each", async ({ person, instance }) => {
  const { page, principal } = await person(["administrator"]);
  const slug = await makePublisher(instance.deps, principal);
  await page.goto("/admin/audit");
  await page.getByLabel("Subject").fill(`publisher:${slug}`);
  await page.getByLabel("Name begins with").fill("accounts:publisher");
  await page.keyboard.press("Enter");
  const events = page.getByRole("region", { name: "Events" });
  await expect(events.getByRole("row")).toHaveCount(2);
  const actor = events.getByRole("link", { name: `${principal.userId.slice(0, 12)}…${principal.userId.slice(-12)}` });
  await actor.focus();
  await expect(page.getByRole("tooltip")).toContainText(principal.userId);
  expect(await actor.evaluate((link) => link.getClientRects().length)).toBe(1);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Everything that matches, as JSON lines" }).click();
  const lines = readFileSync(await (await download).path(), "utf8").trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { subject: string; name: string }).subject)).toEqual([`publisher:${slug}`]);
});

test("an administrator sees what a lesser role sees, may do no more than it, and comes back", async ({ person, instance }) => {
  const { page, principal } = await person(["administrator"]);
  await seeAs(page, "reviewer");
  await expect(page.getByRole("link", { name: "Administration" })).toBeHidden();
  expect((await page.goto("/admin/users"))?.status()).toBe(403);
  expect((await page.goto("/review"))?.status()).toBe(200);
  const answer = await page.evaluate(async () => (await fetch("/api/v1/admin/announcements", { method: "POST", headers: { "content-type": "application/json" }, body: '{"text":"not mine to say"}' })).status);
  expect(answer).toBe(403);
  expect(await instance.deps.db.announcement.count({ where: { createdById: principal.userId } })).toBe(0);
  await leaveView(page);

  await seeAs(page, "member");
  expect((await page.goto("/review"))?.status()).toBe(403);
  await leaveView(page);
  expect((await page.goto("/admin"))?.status()).toBe(200);
});

/** Opens the question behind a button; its first field, if any, has the focus. */
async function ask(page: Page, button: string): Promise<Locator> {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog").filter({ has: page.getByLabel("Reason") });
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  return dialog;
}

/** Presses a button, says why, and has it done. */
async function act(page: Page, button: string, verb: string): Promise<void> {
  const dialog = await ask(page, button);
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Within ten seconds, as is promised, with the second that a process looks after its setting. */
async function expectOn(page: Page, text: string, shown: boolean): Promise<void> {
  await expect(async () => {
    await page.goto("/");
    await expect(page.getByRole("status").filter({ hasText: text })).toHaveCount(shown ? 1 : 0, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

async function failedMail({ deps }: Instance): Promise<{ id: string; subject: string }> {
  const subject = `Words for ${uniqueName("reader")}`;
  const { id } = await deps.db.mail.create({ data: { id: crypto.randomUUID(), to: "reader@example.org", event: "submission.rejected", subject, text: "Words.", html: "<p>Words.</p>", error: "the server hung up" } });
  return { id, subject };
}

async function seeAs(page: Person["page"], role: string): Promise<void> {
  await page.goto("/admin");
  await page.getByLabel("Role", { exact: true }).selectOption(role);
  await page.getByRole("button", { name: "See the site as this role" }).click();
  await expect(page.getByRole("status").filter({ hasText: `You see the site as ${role}.` })).toBeVisible();
}

async function leaveView(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Leave this view" }).click();
  await expect(page.getByRole("button", { name: "Leave this view" })).toBeHidden();
}
