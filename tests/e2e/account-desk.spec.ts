import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { addMember, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { addTotp, codeAt, signedIn } from "#tests/support/factors.ts";
import { publishService } from "#tests/support/submissions.ts";
import { findViolations } from "./find-violations.ts";
import { expect, test, type Instance, type Person } from "./fixtures.ts";
import { QUESTION, forgetProof } from "./second-factor.ts";

test("an account is deleted after its address was typed, and not while a publisher needs it", async ({ person, instance }) => {
  const { db } = instance.deps;
  const [{ page, principal }, heir] = [await person(), await person()];
  const slug = await makePublisher(instance.deps, principal);
  await publishService(instance.deps, { principal, publisher: slug }, uniqueName("kept"));
  await page.goto("/settings/data");
  const dialog = await askToDelete(page);
  expect(await findViolations(page, "light")).toEqual([]);
  const last = dialog.getByRole("button", { name: "Delete for good" });
  await dialog.getByLabel("Type your address").fill("someone@example.org");
  await expect(last).toBeDisabled();
  await dialog.getByLabel("Type your address").fill(principal.email);
  await dialog.getByRole("button", { name: "Keep the account" }).click();
  await askToDelete(page);
  await expect(dialog.getByLabel("Type your address"), "nothing waits typed for a slip of the hand").toHaveValue("");
  await dialog.getByLabel("Type your address").fill(principal.email);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText(`You are the last owner of ${slug}`);
  await expect(dialog.getByLabel("Type your address")).toHaveValue(principal.email);
  expect((await db.user.findUniqueOrThrow({ where: { id: principal.userId } })).deletedAt).toBeNull();
  await dialog.getByRole("link", { name: `Open ${slug}` }).click();
  await expect(page).toHaveURL(`/teams/${slug}`);

  await addMember(instance.deps, principal, slug, heir.principal, "owner");
  await page.goto("/settings/data");
  await askToDelete(page);
  await dialog.getByLabel("Type your address").fill(principal.email);
  await last.click();
  await expect(page.getByText("Your account is deleted")).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  expect((await db.user.findUniqueOrThrow({ where: { id: principal.userId } })).deletedAt).not.toBeNull();
});

test("the data of an account comes as a file, once its authenticator app was asked", async ({ person, instance }) => {
  const { page, principal } = await person();
  const secret = await addTotp(instance.deps, await signedIn(instance.deps, principal));
  await forgetProof(instance, principal.userId);
  await page.goto("/settings/data");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const question = page.getByRole("dialog", QUESTION);
  await expect(question.getByLabel("Code of the authenticator app")).toBeFocused();
  await page.keyboard.type(codeAt(instance.deps, secret, 0));
  await page.keyboard.press("Enter");
  const file = await download;
  expect(file.suggestedFilename()).toBe("kos-account.json");
  const data = JSON.parse(readFileSync(await file.path(), "utf8")) as { format: string; account: { email: string } };
  expect(data).toMatchObject({ format: "kos-account-export-1", account: { email: principal.email } });
  expect(JSON.stringify(data)).not.toContain(secret);
});

test("without a second factor a sign-in beside the page stands in, and nothing that was typed is lost", async ({ person, instance }) => {
  const { page, principal } = await person();
  await page.goto("/tokens");
  await instance.deps.db.session.updateMany({ where: { userId: principal.userId }, data: { authenticatedAt: new Date(Date.now() - 2 * 3_600_000) } });
  await page.getByLabel("Name").fill("Build server");
  await page.getByRole("button", { name: "Create token" }).click();
  const question = page.getByRole("dialog", QUESTION);
  const opened = page.waitForEvent("popup");
  await question.getByRole("link", { name: "Sign in again" }).click();
  await signInByMail(await opened, instance, principal.email);
  await page.bringToFront();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Name")).toHaveValue("Build server");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Token “Build server” is made.")).toBeVisible();
});

test("an invitation and an offered listing are declined, and each stays where it was", async ({ person, instance }) => {
  const { deps } = instance;
  const [owner, guest] = [await person(), await person()];
  await deps.db.user.update({ where: { id: guest.principal.userId }, data: { emailVerified: deps.now() } });
  const slug = await makePublisher(deps, owner.principal);
  const own = await makePublisher(deps, guest.principal);
  const listing = uniqueName("offered");
  await publishService(deps, { principal: owner.principal, publisher: slug }, listing);
  await owner.page.goto(`/teams/${slug}`);
  await owner.page.getByLabel("E-mail address").fill(guest.principal.email);
  await owner.page.keyboard.press("Enter");
  await expect(owner.page.getByText(`The invitation to ${guest.principal.email} is on its way`)).toBeVisible();
  await offer(owner, own);

  await guest.page.goto("/teams");
  await guest.page.getByRole("button", { name: `Decline Press ${slug}` }).click();
  await expect(guest.page.getByRole("heading", { name: "Invitations for you" })).toBeHidden();
  expect(await deps.db.membership.count({ where: { userId: guest.principal.userId, publisher: { slug } } })).toBe(0);
  await guest.page.getByRole("button", { name: /^Decline / }).click();
  await guest.page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await expect(guest.page.getByRole("button", { name: /^Decline / })).toBeHidden();

  await owner.page.goto(`/teams/${slug}`);
  await offer(owner, own);
  await owner.page.getByRole("button", { name: /^Withdraw the offer of/ }).click();
  await owner.page.getByRole("dialog").getByRole("button", { name: "Withdraw offer" }).click();
  await expect(owner.page.getByRole("button", { name: /^Withdraw the offer of/ })).toBeHidden();
  expect((await deps.db.listing.findUniqueOrThrow({ where: { slug: listing }, include: { publisher: true } })).publisher.slug).toBe(slug);
});

test("the last owner is told why leaving is refused, in the question itself", async ({ person, instance }) => {
  const { page, principal } = await person();
  const slug = await makePublisher(instance.deps, principal);
  await page.goto(`/teams/${slug}`);
  await page.getByRole("button", { name: "Leave publisher" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(dialog.getByRole("alert")).toContainText("owner");
  expect(await instance.deps.db.membership.count({ where: { userId: principal.userId } })).toBe(1);
});

async function askToDelete(page: Page): Promise<ReturnType<Page["getByRole"]>> {
  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await expect(dialog.getByLabel("Type your address")).toBeFocused();
  return dialog;
}

async function offer({ page }: Person, to: string): Promise<void> {
  await page.getByLabel("To the publisher").fill(to);
  await page.getByLabel("Reason").fill("The harbour keeps it now.");
  await page.getByRole("button", { name: "Offer listing" }).click();
  await expect(page.getByRole("button", { name: /^Withdraw the offer of/ })).toBeVisible();
}

async function signInByMail(page: Page, { deps }: Instance, email: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  const { text } = await deps.db.mail.findFirstOrThrow({ where: { to: email, text: { contains: "/sign-in/confirm" } }, orderBy: { createdAt: "desc" } });
  await page.goto(/https?:\/\/\S+\/sign-in\/confirm\S+/.exec(text)?.[0] ?? "");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/tokens");
}
