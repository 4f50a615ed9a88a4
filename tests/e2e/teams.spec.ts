import { listNames } from "#lib/trust/index.ts";
import { makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { publishService } from "#tests/support/submissions.ts";
import { expect, test } from "./fixtures.ts";

test("an owner invites, the invited one joins by the mailed link, and takes a listing over", async ({ instance, person }) => {
  const { deps } = instance;
  const [owner, guest] = [await person(), await person()];
  await deps.db.user.update({ where: { id: guest.principal.userId }, data: { emailVerified: deps.now() } });
  const slug = await makePublisher(deps, owner.principal);
  const own = await makePublisher(deps, guest.principal);
  const listing = uniqueName("handed");
  await publishService(deps, { principal: owner.principal, publisher: slug }, listing);

  await owner.page.goto(`/teams/${slug}`);
  await owner.page.getByLabel("E-mail address").fill(guest.principal.email);
  await owner.page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await owner.page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(owner.page.getByText(`The invitation to ${guest.principal.email} is on its way`)).toBeVisible();
  const mail = await deps.db.mail.findFirstOrThrow({ where: { to: guest.principal.email, event: "team.invitation" } });
  const link = /\S+\/invitations\?token=\S+/.exec(mail.text)?.[0] ?? "";

  await owner.page.goto(link);
  await expect(owner.page.getByText("This invitation is for another address")).toBeVisible();
  await guest.page.goto(link);
  await guest.page.getByRole("button", { name: /^Join / }).click();
  await expect(guest.page).toHaveURL(`/teams/${slug}`);
  await expect(guest.page.getByText("You are viewer of")).toBeVisible();
  await guest.page.goto(link);
  await expect(guest.page.getByText("This invitation cannot be answered")).toBeVisible();

  await owner.page.goto(`/teams/${slug}`);
  await owner.page.getByLabel("To the publisher").fill(own);
  await owner.page.getByLabel("Reason").fill("The harbour keeps it now.");
  await owner.page.getByRole("button", { name: "Offer listing" }).click();
  await expect(owner.page.getByRole("button", { name: /^Withdraw the offer of/ })).toBeVisible();
  await guest.page.goto("/teams");
  await guest.page.getByRole("button", { name: /^Accept / }).click();
  await guest.page.getByRole("button", { name: "Take it over" }).click();
  await expect.poll(async () => (await deps.db.listing.findUniqueOrThrow({ where: { slug: listing }, include: { publisher: true } })).publisher.slug).toBe(own);
});

test("an owner begins to prove a domain and is shown what to publish where", async ({ instance, person }) => {
  const { deps } = instance;
  const { page, principal } = await person();
  const slug = await makePublisher(deps, principal);
  await page.goto(`/publishers/${slug}`);
  await page.getByRole("link", { name: "Manage this publisher" }).click();
  await page.getByRole("textbox", { name: "Domain" }).fill("github.io");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not accepted" })).toContainText("suffix");
  await page.getByRole("textbox", { name: "Domain" }).fill("tides.example.org");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByText("_kos-publisher.tides.example.org").first()).toBeVisible();
  const [name] = await listNames(deps.db, slug);
  await expect(page.getByText(name?.proof.value ?? "")).toBeVisible();
});

test("a visitor of a community-maintained listing is led to its claim", async ({ person }) => {
  const { page } = await person();
  await page.goto("/listings/whisper");
  await page.getByRole("link", { name: "Claim this listing" }).click();
  await expect(page.getByLabel("Id of the listing")).toHaveValue("whisper");
});
