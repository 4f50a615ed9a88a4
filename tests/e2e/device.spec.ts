import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { queueMail, submissionMail } from "#lib/mail/index.ts";
import { runKos } from "../unit/host/run-kos.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { expect, test, type Instance } from "./fixtures.ts";

/** Runs `kos login` and returns its short code and how it ends. */
async function login(instance: Instance, cwd: string) {
  const ended = runKos(["login", "--json"], { cwd, env: { KOS_REGISTRY: instance.url } });
  const grant = await waitFor("the code", async () => (await instance.deps.db.deviceGrant.findFirst({ where: { approvedAt: null, deniedAt: null, expiresAt: { gt: new Date() } }, orderBy: { createdAt: "desc" } })) ?? undefined);
  return { code: grant.userCode, ended };
}

async function lookUp(page: Page, code: string): Promise<void> {
  await page.goto("/device");
  await page.getByLabel("Code").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Sign this device in?" })).toBeVisible();
}

test("a person signs a command line in, sees its token, and a second one is denied", async ({ instance, person }) => {
  const { page } = await person();
  const cwd = mkdtempSync(join(tmpdir(), "kos-"));
  try {
    const first = await login(instance, cwd);
    await lookUp(page, first.code);
    await expect(page.getByRole("main")).toContainText("Approve only what you started yourself, just now");
    await page.getByRole("button", { name: "Approve" }).click();
    await expect(page.getByText("The device is signed in")).toBeVisible();
    expect(await first.ended).toMatchObject({ code: 0 });
    await page.getByRole("link", { name: "See its token" }).click();
    await expect(page.getByRole("table", { name: "Your tokens" })).toContainText("kos on ");
    const second = await login(instance, cwd);
    // The address that the terminal shows leads to the question at once.
    await page.goto(`/device?code=${second.code}`);
    await page.getByRole("button", { name: "Deny" }).click();
    await expect(page.getByText("What asked got nothing")).toBeVisible();
    expect(await second.ended).toMatchObject({ code: 4 });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

test("a wrong code is told without guessing what was meant", async ({ person }) => {
  const { page } = await person();
  await page.goto("/device");
  await page.getByLabel("Code").fill("BBBB-BBBB");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "A sign-in that waits under this code does not exist." })).toBeVisible();
});

test("a token for one listing is made on the page and says so", async ({ page: _page, person }) => {
  const { page } = await person();
  await page.goto("/tokens");
  await page.getByLabel("Name").fill("Nightly");
  await page.getByLabel("Only for these listings").fill("brand-new-listing");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Token “Nightly” is made.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Your tokens" })).toContainText("only brand-new-listing");
});

test("mails of one kind are switched off by the mail's own link, without a sign-in, and on again in the settings", async ({ browser, instance, person }) => {
  const { page, principal } = await person();
  const told = () => instance.deps.db.$transaction((tx) => queueMail(tx, instance.deps, { to: principal.email, ...submissionMail({ event: "published", listing: "tide", version: "1.0.0", by: "", reason: null, url: `${instance.url}/submissions` }) }));
  const mails = () => instance.deps.db.mail.findMany({ where: { to: principal.email } });
  await told();
  const link = /Stop mails of this kind: (\S+)/.exec((await mails())[0]?.text ?? "")?.[1] ?? "";
  const anonymous = await browser.newContext({ javaScriptEnabled: false });
  const visitor = await anonymous.newPage();
  await visitor.goto(link);
  await visitor.getByRole("button", { name: "Switch them off" }).click();
  await expect(visitor.getByText("Mails of the kind “Submissions” are off")).toBeVisible();
  await anonymous.close();
  await told();
  expect(await mails()).toHaveLength(1);
  await page.goto("/settings/mail");
  await expect(page.getByLabel("Security")).toBeDisabled();
  await page.getByLabel("Submissions").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await told();
  expect(await mails()).toHaveLength(2);
});
