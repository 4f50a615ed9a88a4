import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueMail, readUnsubscribe, sendMail, signInMail } from "#lib/mail/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { submitBytes } from "#tests/support/submissions.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";

interface Received {
  to: string[];
  text: string;
}

let deps: TestDeps;
let smtp: SMTPServer;
const inbox: Received[] = [];
let refuse = false;

/** A real mail server: it takes what is delivered to it, or refuses like a full one. */
beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => done(refuse ? Object.assign(new Error("mailbox full"), { responseCode: 452 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
        inbox.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  const { port } = smtp.server.address() as AddressInfo;
  deps = await openTestDeps({ worker: true, environment: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Registry <registry@market.example>" } });
});
afterAll(async () => {
  await deps.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

const mailTo = (address: string) => inbox.filter((mail) => mail.to.includes(address));
const letter = (to: string) => ({ to, event: "submission.published", group: "submissions" as const, url: null, words: () => ({ subject: "High tide at noon", paragraphs: ["Bring boots."] }) });

describe("mail", () => {
  test("leaves from a job, once, with both forms of its text", async () => {
    await deps.db.$transaction((tx) => queueMail(tx, deps, letter("sent@example.org")));
    const [mail] = await waitFor("the mail", async () => (mailTo("sent@example.org").length > 0 ? mailTo("sent@example.org") : undefined));
    expect(mail?.text).toMatch(/^From: Registry <registry@market\.example>$/m);
    expect(mail?.text).toMatch(/^Subject: High tide at noon/m);
    expect(mail?.text).toContain("text/plain");
    expect(mail?.text).toContain("text/html");
    const row = await waitFor("the row", async () => (await deps.db.mail.findFirst({ where: { to: "sent@example.org", sentAt: { not: null } } })) ?? undefined);
    await sendMail(deps, { mailId: row.id });
    expect(mailTo("sent@example.org")).toHaveLength(1);
  });

  test("of a kind that may be switched off carries the way out that mail readers know, when an account belongs to it; of other kinds none does", async () => {
    const person = await makePerson(deps);
    await deps.db.$transaction(async (tx) => {
      await queueMail(tx, deps, letter(person.email));
      await queueMail(tx, deps, { to: person.email, ...signInMail({ url: "http://localhost:3999/sign-in/confirm", host: "localhost:3999" }) });
      await queueMail(tx, deps, letter("nobody@example.org"));
    });
    const mails = await waitFor("the mails", async () => (mailTo(person.email).length === 2 && mailTo("nobody@example.org").length === 1 ? mailTo(person.email) : undefined));
    const headers = (text: string | undefined) => (text ?? "").slice(0, text?.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
    const told = mails.map((mail) => headers(mail.text)).find((text) => text.includes("High tide"));
    const link = /^List-Unsubscribe: <(.+)>$/m.exec(told ?? "")?.[1]?.replaceAll(" ", "") ?? "";
    expect(readUnsubscribe(deps.config, new URL(link).searchParams.get("t") ?? "")).toEqual({ userId: person.userId, group: "submissions" });
    expect(told).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    for (const text of [...mails.map((mail) => headers(mail.text)).filter((text) => text !== told), headers(mailTo("nobody@example.org")[0]?.text)]) expect(text).not.toMatch(/^List-Unsubscribe/im);
  });

  test("of a transaction that fails never leaves and leaves no row", async () => {
    const failing = deps.db.$transaction(async (tx) => {
      await queueMail(tx, deps, letter("never@example.org"));
      throw new Error("the decision failed");
    });
    await expect(failing).rejects.toThrow("the decision failed");
    await deps.db.$transaction((tx) => queueMail(tx, deps, letter("after@example.org")));
    await waitFor("the later mail", async () => (mailTo("after@example.org").length > 0 ? true : undefined));
    expect(mailTo("never@example.org")).toEqual([]);
    expect(await deps.db.mail.count({ where: { to: "never@example.org" } })).toBe(0);
  });

  test("that the server refuses keeps its error and leaves with a later attempt", async () => {
    refuse = true;
    await deps.db.$transaction((tx) => queueMail(tx, deps, letter("later@example.org")));
    await waitFor("the refusal", async () => (await deps.db.mail.findFirst({ where: { to: "later@example.org", error: { contains: "mailbox full" }, sentAt: null } })) ?? undefined);
    expect(mailTo("later@example.org")).toEqual([]);
    refuse = false;
    await waitFor("the next attempt", async () => (mailTo("later@example.org").length > 0 ? true : undefined));
    await waitFor("the row", async () => (await deps.db.mail.findFirst({ where: { to: "later@example.org", error: null, sentAt: { not: null } } })) ?? undefined);
    expect(mailTo("later@example.org")).toHaveLength(1);
  }, 120_000);

  test.each([["request_changes", "needs-changes"], ["reject", "rejected"]] as const)("tells the author of %s, with the reason", async (decision, event) => {
    const owner = await makePerson(deps);
    const reviewer = await makePerson(deps, ["reviewer"]);
    const submission = await submitBytes(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, "manifest", serviceManifest(uniqueName("mailed")));
    const waiting = await waitFor("the review", async () => (await deps.db.submission.findFirst({ where: { id: submission.id, state: "in_review" } })) ?? undefined);
    await decideSubmission(deps, { principal: reviewer, id: waiting.id, stateVersion: waiting.stateVersion, decision, reason: "The endpoint answers nothing." });
    const [mail] = await waitFor("the mail", async () => (mailTo(owner.email).length > 0 ? mailTo(owner.email) : undefined));
    expect(mail?.text).toContain("The endpoint answers nothing.");
    expect(await deps.db.mail.count({ where: { to: owner.email, event: { contains: event } } })).toBe(1);
  });
});
