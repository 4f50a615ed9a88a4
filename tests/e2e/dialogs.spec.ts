import type { Page } from "@playwright/test";
import { makePublisher } from "#tests/support/accounts.ts";
import { findViolations } from "./find-violations.ts";
import { expect, test, type Instance, type Person } from "./fixtures.ts";

test("a question keeps the focus, gives it back on Escape, and closes only by a press outside", async ({ person, instance }) => {
  const { page, slug } = await openList(await person(["administrator"]), instance);
  const trigger = page.getByRole("button", { name: `Suspend: ${slug}` });
  await trigger.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Suspend ${slug}?` });
  const reason = dialog.getByLabel("Reason");
  await expect(reason).toBeFocused();
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null), `stop ${stop + 1}`).toBe(true);
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findViolations(page, colorScheme), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 700 });
  expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });

  await reason.fill("Marked with the mouse, let go outside");
  const box = await reason.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(trigger).toBeFocused();
  await trigger.click();
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();
  expect(await suspensions(instance, slug)).toBe(0);
});

test("a step is sent once however often it is pressed, and the button that waits keeps the focus", async ({ person, instance }) => {
  const { page, slug } = await openList(await person(["administrator"]), instance);
  const path = `/api/v1/admin/publishers/${slug}/suspend`;
  const held = Promise.withResolvers<void>();
  let sent = 0;
  await page.route(`**${path}`, async (route) => {
    sent += 1;
    await held.promise;
    await route.continue();
  });
  await page.getByRole("button", { name: `Suspend: ${slug}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Pressed twice");
  await dialog.getByLabel("Reason").press("Enter");
  const button = dialog.getByRole("button", { name: "Suspend" });
  await expect(button).toHaveAttribute("aria-busy", "true");
  await button.focus();
  await button.press("Enter");
  await button.click({ force: true });
  await dialog.getByLabel("Reason").press("Enter");
  await button.focus();
  await expect(button).toBeFocused();
  held.resolve();
  await expect(dialog).toBeHidden();
  expect(sent).toBe(1);
  expect(await suspensions(instance, slug)).toBe(1);
});

test("what the server refuses is said in the question, and the reason stays", async ({ person, instance }) => {
  const { page, slug } = await openList(await person(["administrator"]), instance);
  await page.getByRole("button", { name: `Suspend: ${slug}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Somebody else was quicker");
  await instance.deps.db.publisher.update({ where: { slug }, data: { suspendedAt: new Date(), suspendedReason: "Quicker" } });
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("is suspended already");
  await expect(dialog.getByLabel("Reason")).toHaveValue("Somebody else was quicker");
  expect(await findViolations(page, "light")).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: `Suspend: ${slug}` }).click();
  await expect(dialog.getByRole("alert"), "the question begins anew").toBeHidden();
  await expect(dialog.getByLabel("Reason")).toHaveValue("Somebody else was quicker");
});

async function openList({ page, principal }: Person, instance: Instance): Promise<{ page: Page; slug: string }> {
  const slug = await makePublisher(instance.deps, principal);
  await page.goto(`/admin/publishers?q=${slug}`);
  return { page, slug };
}

function suspensions({ deps }: Instance, slug: string): Promise<number> {
  return deps.db.auditEvent.count({ where: { name: "accounts:publisher:suspend", subject: `publisher:${slug}` } });
}
