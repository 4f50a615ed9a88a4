import { makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import { expect, test } from "./fixtures.ts";

test("a person changes the shown name, and sees it kept", async ({ person }) => {
  const { page } = await person();
  await page.goto("/settings");
  await page.getByLabel("Name", { exact: true }).fill("Mara Lindt");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mara Lindt");
});

test("a person moves to another address through the message that goes there", async ({ person, instance }) => {
  const { page, principal } = await person();
  const wanted = `${uniqueName("moved")}@example.org`;
  await page.goto("/settings");
  await page.getByLabel("New address").fill(wanted);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText(`A message went to ${wanted}`)).toBeVisible();
  const { text } = await instance.deps.db.mail.findFirstOrThrow({ where: { to: wanted, event: "account.email-confirm" } });
  await page.goto(/https?:\/\/\S+/.exec(text)?.[0] ?? "");
  await expect(page.getByRole("main").getByText(principal.email)).toBeVisible();
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByText(`${wanted} is your address now`)).toBeVisible();
  await page.getByRole("link", { name: "Back to your profile" }).click();
  await expect(page.getByText(`Your address is ${wanted}`)).toBeVisible();
});

test("a person signs another device out, then every other one", async ({ person, instance }) => {
  const { page, principal } = await person();
  for (let count = 0; count < 3; count += 1) await makeSessionCookie(instance.deps, principal);
  await page.goto("/settings/sign-in");
  const rows = page.getByRole("region", { name: "Your sessions" }).getByRole("row");
  await expect(rows).toHaveCount(5);
  await rows.nth(2).getByRole("button", { name: /^Sign out/ }).click();
  await expect(rows).toHaveCount(4);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("this device");
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toBeDisabled();
  await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(page).toHaveURL("/sign-in");
  expect(await instance.deps.db.session.count({ where: { userId: principal.userId } })).toBe(0);
});

test("a person takes back a change of address that waits", async ({ person }) => {
  const { page } = await person();
  const wanted = `${uniqueName("mistyped")}@example.org`;
  await page.goto("/settings");
  await page.getByLabel("New address").fill(wanted);
  await page.getByRole("button", { name: "Change address" }).click();
  await page.getByRole("button", { name: "Cancel this change" }).click();
  await expect(page.getByText(`A message went to ${wanted}`)).toBeHidden();
});
