import type { Page } from "@playwright/test";
import { makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { codeAt } from "#tests/support/factors.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { submitBytes } from "#tests/support/submissions.ts";
import { expect, test, type Instance, type Person } from "./fixtures.ts";
import { QUESTION, forgetProof, plugInAuthenticator } from "./second-factor.ts";

test("a passkey is added in the browser, signs it in alone, and answers when a step asks for it", async ({ person, instance }) => {
  const { page, principal } = await person();
  await plugInAuthenticator(page);
  await page.goto("/settings/security");
  await page.getByLabel("Name of the new passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const list = page.getByRole("list", { name: "Passkeys" });
  await expect(list).toContainText("Laptop");
  await page.getByRole("button", { name: "Rename Laptop" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Key ring");
  await page.getByRole("dialog").getByRole("button", { name: "Save name" }).click();
  await expect(list).toContainText("Key ring");

  await page.getByLabel(`Account of ${principal.email}`).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/sign-in?next=%2Ftokens");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/tokens");
  await expect(page.getByLabel(`Account of ${principal.email}`)).toBeVisible();

  await createToken(page, "Right after");
  await expect(page.getByText("Token “Right after” is made.")).toBeVisible();
  await forgetProof(instance, principal.userId);
  await createToken(page, "Later");
  await page.getByRole("dialog", QUESTION).getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("Token “Later” is made.")).toBeVisible();
  await expect(page.getByRole("dialog", QUESTION)).toBeHidden();

  await page.goto("/settings/security");
  await forgetProof(instance, principal.userId);
  await page.getByRole("button", { name: "Remove Key ring" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await page.getByRole("dialog", QUESTION).getByRole("button", { name: "Use a passkey" }).click();
  await expect(list).toBeHidden();
  expect(await instance.deps.db.passkey.count({ where: { userId: principal.userId } })).toBe(0);
});

test("an authenticator app and a recovery code let a reviewer approve; closing the question decides nothing", async ({ person, instance }) => {
  const reviewer = await person(["reviewer"]);
  const { page, principal } = reviewer;
  await page.setViewportSize({ width: 360, height: 800 });
  const secret = await setUpApp(reviewer, instance);
  const code = await makeCodes(page);
  const [first, second] = await Promise.all([waiting(instance, await person()), waiting(instance, await person())]);

  await forgetProof(instance, principal.userId);
  await approve(page, first);
  await page.getByRole("dialog", QUESTION).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Confirm that it is you" })).toBeVisible();
  expect(await instance.deps.db.decision.count({ where: { submissionId: first } })).toBe(0);

  await page.getByRole("button", { name: "Approve" }).click();
  const question = page.getByRole("dialog", QUESTION);
  await question.getByLabel("Code of the authenticator app").fill("000000");
  await question.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(question.getByRole("alert")).toContainText("The second factor does not hold");
  expect(await overflow(page)).toBe(0);
  await question.getByLabel("Code of the authenticator app").fill(codeAt(instance.deps, secret, 1));
  await question.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect.poll(() => instance.deps.db.decision.count({ where: { submissionId: first } })).toBe(1);
  await expect(question).toBeHidden();

  await forgetProof(instance, principal.userId);
  await approve(page, second);
  await question.getByText("Use a recovery code").click();
  await question.getByLabel("Recovery code").fill(code);
  await question.getByRole("button", { name: "Use this code" }).click();
  await expect.poll(() => instance.deps.db.decision.count({ where: { submissionId: second } })).toBe(1);
  await page.goto("/settings/security");
  await expect(page.getByText("9 left")).toBeVisible();
});

test("a first factor that somebody else added goes by the link of its mail, in a browser that is signed out", async ({ person, instance, page }) => {
  const thief = await person();
  await setUpApp(thief, instance);
  const { text } = await instance.deps.db.mail.findFirstOrThrow({ where: { to: thief.principal.email, event: "factor.first-added" } });
  await page.goto(/https?:\/\/\S+\/undo\S+/.exec(text)?.[0] ?? "");
  await expect(page.getByText("The second factor goes, and every one that was added after it.")).toBeVisible();
  expect(await instance.deps.db.totp.count({ where: { userId: thief.principal.userId } }), "a visit changes nothing").toBe(1);
  await page.getByRole("button", { name: "This was not me: take it away" }).click();
  await expect(page.getByText("The second factor is gone")).toBeVisible();
  expect(await instance.deps.db.totp.count({ where: { userId: thief.principal.userId } })).toBe(0);
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/sign-in");
  await thief.page.goto("/settings/security");
  await expect(thief.page).toHaveURL(/\/sign-in\?next=/);
});

async function setUpApp({ page }: Person, instance: Instance): Promise<string> {
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  const secret = (await page.getByRole("group", { name: "secret", exact: true }).innerText()).replace(/\s/g, "");
  expect(await overflow(page)).toBe(0);
  await page.getByLabel("Code of the authenticator app").fill(codeAt(instance.deps, secret, -1));
  await page.getByRole("button", { name: "Confirm and use it" }).click();
  await expect(page.getByText("You have no recovery codes")).toBeVisible();
  return secret;
}

/** Makes recovery codes and returns one of them. */
async function makeCodes(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Make recovery codes" }).click();
  const codes = (await page.getByRole("group", { name: "recovery codes", exact: true }).innerText()).trim().split("\n");
  expect(codes).toHaveLength(10);
  expect(await overflow(page)).toBe(0);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("kos-recovery-codes.txt");
  await page.reload();
  expect(await page.content()).not.toContain(codes[0]);
  return codes[3] ?? "";
}

async function createToken(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create token" }).click();
}

async function approve(page: Page, id: string): Promise<void> {
  await page.goto(`/review/${id}`);
  await page.getByLabel("Reason").fill("It reads no files and reaches no network.");
  await page.getByRole("button", { name: "Approve" }).click();
}

async function waiting(instance: Instance, { principal }: Person): Promise<string> {
  const publisher = await makePublisher(instance.deps, principal);
  const { id } = await submitBytes(instance.deps, { principal, publisher }, "package", await packPlugin({ id: uniqueName("harbour") }));
  await expect.poll(async () => (await instance.deps.db.submission.findUnique({ where: { id } }))?.state, { timeout: 45_000 }).toBe("in_review");
  return id;
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
