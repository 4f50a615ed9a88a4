import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeEnded, removeOutdated } from "#lib/people/index.ts";
import { PRIVACY_ROWS, SWEPT, type SweptId } from "#lib/people/schema.ts";
import { newId } from "#lib/platform/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let userId: string;
let publisherId: string;
beforeAll(async () => {
  deps = await openTestDeps();
  const person = await makePerson(deps);
  userId = person.userId;
  publisherId = (await deps.db.publisher.findUniqueOrThrow({ where: { slug: await makePublisher(deps, person) } })).id;
});
afterAll(() => deps.close());

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** For each row of the table: makes one thing whose moment is `at`, and says whether it is still there. */
const KINDS: Record<SweptId, (at: Date) => Promise<() => Promise<boolean>>> = {
  sessions: async (expires) => {
    const { id } = await deps.db.session.create({ data: { id: newId(), userId, tokenHash: uniqueName("s"), expires } });
    return async () => (await deps.db.session.count({ where: { id } })) > 0;
  },
  networks: async (lastUsedAt) => {
    const expires = new Date(Date.now() + 400 * DAY);
    const session = await deps.db.session.create({ data: { id: newId(), userId, tokenHash: uniqueName("s"), expires, lastUsedAt, network: "203.0.113.0/24" } });
    const token = await deps.db.apiToken.create({ data: { id: newId(), userId, name: "t", prefix: "kos_", tokenHash: uniqueName("t"), scopes: ["read"], expiresAt: new Date(Date.now() + DAY), lastUsedAt, lastNetwork: "203.0.113.0/24" } });
    return async () => {
      const held = [(await deps.db.session.findUniqueOrThrow({ where: { id: session.id } })).network, (await deps.db.apiToken.findUniqueOrThrow({ where: { id: token.id } })).lastNetwork];
      expect(new Set(held).size).toBe(1);
      return held[0] !== null;
    };
  },
  "sign-in-links": async (expires) => {
    const link = await deps.db.signInLink.create({ data: { id: newId(), userId, tokenHash: uniqueName("l"), expiresAt: expires } });
    const code = await deps.db.verificationToken.create({ data: { identifier: "reader@example.org", tokenHash: uniqueName("v"), expires } });
    return async () => {
      const held = [await deps.db.signInLink.count({ where: { id: link.id } }), await deps.db.verificationToken.count({ where: { tokenHash: code.tokenHash } })];
      expect(new Set(held).size).toBe(1);
      return held[0] === 1;
    };
  },
  workflows: async (expiresAt) => {
    const trusted = await deps.db.trustedWorkflow.create({ data: { id: newId(), publisherId, provider: "gitlab", issuer: "https://gitlab.com", repository: "a/b", repositoryKey: "a/b", workflow: ".gitlab-ci.yml" } });
    const token = await deps.db.apiToken.create({ data: { id: newId(), userId, trustedWorkflowId: trusted.id, name: "t", prefix: "kos_", tokenHash: uniqueName("t"), scopes: ["publish"], createdAt: new Date(expiresAt.getTime() - 60_000), expiresAt } });
    const { jtiHash } = await deps.db.spentIdentity.create({ data: { issuer: "https://gitlab.com", jtiHash: uniqueName("j"), expiresAt } });
    return async () => {
      const held = [await deps.db.apiToken.count({ where: { id: token.id } }), await deps.db.spentIdentity.count({ where: { jtiHash } })];
      expect(new Set(held).size).toBe(1);
      return held[0] === 1;
    };
  },
  places: async (createdAt) => {
    const { placeHash } = await deps.db.knownPlace.create({ data: { userId, placeHash: uniqueName("p"), createdAt } });
    return async () => (await deps.db.knownPlace.count({ where: { placeHash } })) > 0;
  },
  challenges: async (expiresAt) => {
    const { id } = await deps.db.factorChallenge.create({ data: { id: newId(), challengeHash: uniqueName("c"), purpose: "step-up", expiresAt } });
    return async () => (await deps.db.factorChallenge.count({ where: { id } })) > 0;
  },
  "factor-undos": async (expiresAt) => {
    const { id } = await deps.db.factorUndo.create({ data: { id: newId(), userId, tokenHash: uniqueName("f"), expiresAt } });
    return async () => (await deps.db.factorUndo.count({ where: { id } })) > 0;
  },
  devices: async (expiresAt) => {
    const { id } = await deps.db.deviceGrant.create({ data: { id: newId(), deviceHash: uniqueName("d"), userCode: uniqueName("u"), client: "kos", scopes: ["read"], expiresAt } });
    return async () => (await deps.db.deviceGrant.count({ where: { id } })) > 0;
  },
  "email-changes": async (createdAt) => {
    const { id } = await deps.db.emailChange.create({ data: { id: newId(), userId, oldEmail: "a@example.org", newEmail: "b@example.org", tokenHash: uniqueName("t"), undoHash: uniqueName("u"), createdAt, expiresAt: createdAt } });
    return async () => (await deps.db.emailChange.count({ where: { id } })) > 0;
  },
  invitations: async (expiresAt) => {
    const { id } = await deps.db.invitation.create({ data: { id: newId(), publisherId, email: `${uniqueName("guest")}@example.org`, role: "viewer", tokenHash: uniqueName("i"), expiresAt } });
    return async () => (await deps.db.invitation.count({ where: { id } })) > 0;
  },
  "mail-texts": async (createdAt) => {
    const { id } = await deps.db.mail.create({ data: { id: newId(), to: "a@example.org", event: "sign-in", subject: "s", text: "secret words", html: "<p>secret words</p>", createdAt, sentAt: createdAt } });
    return async () => {
      const mail = await deps.db.mail.findUniqueOrThrow({ where: { id } });
      expect(mail.text === "").toBe(mail.html === "");
      return mail.text !== "";
    };
  },
  mails: async (createdAt) => {
    const { id } = await deps.db.mail.create({ data: { id: newId(), to: "a@example.org", event: "sign-in", subject: "s", text: "", html: "", createdAt, sentAt: createdAt } });
    return async () => (await deps.db.mail.count({ where: { id } })) > 0;
  },
  "last-mails": async (createdAt) => {
    const { id } = await deps.db.mail.create({ data: { id: newId(), to: "a@example.org", event: "account.deleted", subject: "s", text: "t", html: "t", createdAt } });
    return async () => (await deps.db.mail.count({ where: { id } })) > 0;
  },
  limits: async (spentUntil) => {
    const key = uniqueName("limit");
    await deps.db.rateLimit.create({ data: { key, spentUntil } });
    return async () => (await deps.db.rateLimit.count({ where: { key } })) > 0;
  },
};

describe.each(Object.keys(KINDS) as SweptId[])("%s", (id) => {
  test(`goes ${SWEPT[id].days} days after its moment, and no hour earlier`, async () => {
    const due = deps.now().getTime() - SWEPT[id].days * DAY;
    const [old, young] = [await KINDS[id](new Date(due - HOUR)), await KINDS[id](new Date(due + HOUR))];
    await (SWEPT[id].days === 0 ? removeEnded(deps) : removeOutdated(deps));
    expect([await old(), await young()]).toEqual([false, true]);
  });
});

test("the page shows every period that the job obeys", () => {
  for (const { what, days } of Object.values(SWEPT)) {
    const row = PRIVACY_ROWS.find((shown) => shown.what === what);
    expect(row?.until).toMatch(days === 0 ? /^When / : days === 1 ? /^A day after / : new RegExp(`^${days} days after `));
  }
});
