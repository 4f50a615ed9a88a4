import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { idSkeleton } from "@kosmarket/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkflowToken, readToken, type Principal } from "#lib/accounts/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { confirmWorkflow, distrustWorkflow, exchangeIdentity, listWorkflows, trustWorkflow } from "#lib/workflows/index.ts";
import { addMember, makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { githubClaims, gitlabClaims, signWithPublicKey, startCiIssuer, type CiIssuer, type Claims, type SigningChoice } from "#tests/support/ci-issuer.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const AUDIENCE = "http://localhost:3999";
let ci: CiIssuer;
let deps: TestDeps;
let owner: Principal;
let press: string;
const repository = "Tide-Works/tide-table";

beforeAll(async () => {
  ci = await startCiIssuer();
  const issuers = [["github", "github"], ["gitlab", "gitlab"], ["generic", "generic"], ["github", "redirecting"], ["github", "impostor"], ["github", "elsewhere"], ["github", "rotating"], ["github", "flooded"], ["github", "broken"]];
  deps = await openTestDeps({ environment: { TRUSTED_ISSUERS: issuers.map(([provider, name = ""]) => `${provider}=${ci.url(name)}`).join(","), OUTGOING_ALLOW: "127.0.0.1" } });
  owner = await makePerson(deps);
  press = await makePublisher(deps, owner);
  for (const name of ["github", "rotating", "redirecting", "impostor", "elsewhere", "flooded", "broken"]) await trust({ issuer: ci.url(name) });
}, 60_000);
afterAll(async () => {
  await deps.close();
  await ci.close();
});

const trust = (changes: Record<string, unknown> = {}, slug = press, principal = owner) =>
  trustWorkflow(deps, { principal, slug, workflow: { issuer: ci.url("github"), repository, workflow: "release.yml", selfHosted: false, ...changes } });
const exchange = (token: string, publisher: string | null = null) => exchangeIdentity(deps, { token, publisher });
const github = (changes: Claims = {}, choice: SigningChoice = {}, issuer = "github") => ci.sign(issuer, githubClaims(AUDIENCE, repository, changes), choice);

async function traces() {
  return { ...(await countTraces(deps)), tokens: await deps.db.apiToken.count(), spent: await deps.db.spentIdentity.count(), used: await deps.db.trustedWorkflow.count({ where: { lastUsedAt: { not: null } } }) };
}

/** Refused with this code, and nothing is different afterwards. */
async function expectRefused(token: string, code: string, publisher: string | null = null): Promise<void> {
  const before = await traces();
  const error = await exchange(token, publisher).then(() => null, (thrown: unknown) => thrown);
  expect(error, code).toBeInstanceOf(RegistryError);
  expect((error as RegistryError).errors?.[0]?.code ?? (error as RegistryError).code).toBe(code);
  expect(await traces()).toEqual(before);
}

describe("an identity token is refused, without a trace", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const { privateKey: strangersKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

  test.each<[string, string, () => string]>([
    ["that is no token", "identity.malformed", () => "nothing"],
    ["with a fourth part", "identity.malformed", () => `${github()}.x`],
    ["in another base64 form", "identity.malformed", () => github().replace(".", "=.")],
    ["without a signature", "identity.algorithm", () => github({}, { header: { alg: "none" } }).replace(/[^.]+$/, "")],
    ["that says `none` and keeps a signature", "identity.algorithm", () => github({}, { header: { alg: "none" } })],
    ["signed with HS256", "identity.algorithm", () => github({}, { header: { alg: "HS256" } })],
    ["with an algorithm that another key takes", "identity.signature", () => github({}, { header: { alg: "ES256" } })],
    ["with extensions that are not understood", "identity.malformed", () => github({}, { header: { crit: ["b64"], b64: false } })],
    ["that brings its own key", "identity.signature", () => github({}, { key: strangersKey, header: { jwk: createPublicKey(strangersKey).export({ format: "jwk" }) } })],
    ["of an unknown issuer", "identity.issuer-unknown", () => github({ iss: "https://evil.example" })],
    ["of an issuer that only begins alike", "identity.issuer-unknown", () => github({ iss: `${ci.url("github")}/` })],
    ["signed by somebody else", "identity.signature", () => github({}, { key: strangersKey })],
    ["signed by another trusted issuer", "identity.key-unknown", () => ci.sign("gitlab", githubClaims(AUDIENCE, repository, { iss: ci.url("github") }))],
    ["for another audience", "identity.audience", () => github({ aud: "https://pypi.org" })],
    ["for an audience that ends in a slash", "identity.audience", () => github({ aud: `${AUDIENCE}/` })],
    ["for two audiences", "identity.audience", () => github({ aud: [AUDIENCE, "https://pypi.org"] })],
    ["for no audience", "identity.audience", () => github({ aud: [] })],
    ["that has ended", "identity.expired", () => github({ iat: now() - 400, exp: now() - 60 })],
    ["that lives too long", "identity.too-long-lived", () => github({ exp: now() + 3600 })],
    ["that does not count yet", "identity.not-yet-valid", () => github({ nbf: now() + 120 })],
    ["that was made in the future", "identity.not-yet-valid", () => github({ iat: now() + 120, exp: now() + 300 })],
    ["without a jti", "identity.claim-missing", () => github({ jti: undefined })],
    ["without an end", "identity.claim-missing", () => github({ exp: undefined })],
    ["without a repository number", "identity.claim-missing", () => github({ repository_id: undefined })],
    ["of a workflow that is not of its repository", "identity.claim-missing", () => github({ workflow_ref: "evil/evil/.github/workflows/release.yml@refs/heads/main", job_workflow_ref: "evil/evil/.github/workflows/release.yml@refs/heads/main" })],
    ["for a pull request", "workflow.event", () => github({ event_name: "pull_request" })],
    ["for a pull request that runs in the target", "workflow.event", () => github({ event_name: "pull_request_target" })],
    ["for a run that another run started", "workflow.event", () => github({ event_name: "workflow_run" })],
    ["from an unprotected branch", "workflow.ref-unprotected", () => github({ ref_protected: "false" })],
    ["that does not say whether its branch is protected", "workflow.ref-unprotected", () => github({ ref_protected: undefined })],
    ["from a workflow that another file calls", "workflow.reusable", () => github({ job_workflow_ref: "evil/shared/.github/workflows/publish.yml@refs/heads/main" })],
    ["from a called workflow whose name cannot be read", "workflow.reusable", () => github({ job_workflow_ref: "evil/shared/.github/workflows/publish.yml@refs/heads/bränch" })],
    ["of another repository", "workflow.unknown", () => ci.sign("github", githubClaims(AUDIENCE, "tide-works/other"))],
    ["of another workflow", "workflow.other-file", () => github({ workflow_ref: `${repository}/.github/workflows/ci.yml@refs/heads/main`, job_workflow_ref: `${repository}/.github/workflows/ci.yml@refs/heads/main` })],
    ["from a self-hosted machine", "workflow.runner", () => github({ runner_environment: "self-hosted" })],
  ])("%s", async (_what, code, token) => {
    await expectRefused(token(), code);
  });

  test("whose payload was altered after it was signed", async () => {
    const [header, claims = "", signature] = github({ ref_protected: "false" }).split(".");
    const altered = { ...(JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Claims), ref_protected: "true" };
    await expectRefused(`${header}.${Buffer.from(JSON.stringify(altered)).toString("base64url")}.${signature}`, "identity.signature");
  });

  test("signed with the public key as a shared secret", async () => {
    const { keys } = (await (await fetch(`${ci.url("github")}/jwks`)).json()) as { keys: JsonWebKey[] };
    const pem = createPublicKey({ key: keys[0] as JsonWebKey, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
    await expectRefused(signWithPublicKey(github(), pem), "identity.algorithm");
  });

  test("in another environment, on another ref, and with the environment left out", async () => {
    const slug = await makePublisher(deps, owner);
    const at = { repository: "tide-works/guarded" };
    await trust({ ...at, environment: "Release", ref: "refs/tags/v*" }, slug);
    const run = (changes: Claims) => ci.sign("github", githubClaims(AUDIENCE, at.repository, { ref: "refs/tags/v1.0.0", environment: "release", ...changes }));
    await expectRefused(run({ environment: "staging" }), "workflow.other-environment");
    await expectRefused(run({ environment: undefined }), "workflow.other-environment");
    await expectRefused(run({ ref: "refs/heads/main" }), "workflow.other-ref");
    expect(await exchange(run({}))).toMatchObject({ publisher: slug });
  });
});

test("GitLab's environments are told apart by capitals: only one of them may be protected", async () => {
  const slug = await makePublisher(deps, owner);
  const at = { issuer: ci.url("gitlab"), repository: "tide-works/capitals" };
  await trust({ ...at, workflow: ".gitlab-ci.yml", environment: "production" }, slug);
  const run = (environment: string) => ci.sign("gitlab", gitlabClaims(AUDIENCE, at.issuer, at.repository, { environment }));
  await expectRefused(run("Production"), "workflow.other-environment");
  expect(await exchange(run("production"))).toMatchObject({ publisher: slug });
});

describe("a sound identity", () => {
  test("becomes a token for fifteen minutes that publishes for this publisher, and is told to the owners the first time", async () => {
    const slug = await makePublisher(deps, owner);
    const at = { repository: "harbour/lights" };
    await trust(at, slug);
    const run = () => ci.sign("github", githubClaims(AUDIENCE, "Harbour/Lights"));
    const mails = () => deps.db.mail.count({ where: { to: owner.email, event: "workflow.first-used" } });
    const before = await mails();
    const answer = await exchange(run());
    expect(answer).toMatchObject({ publisher: slug, listings: [], scopes: ["publish"], identity: { repository: "Harbour/Lights", repositoryId: "7001", ownerId: "42", workflow: ".github/workflows/release.yml", ref: "refs/heads/main", event: "push", selfHosted: false } });
    const life = (Date.parse(answer.expiresAt) - deps.now().getTime()) / 60_000;
    expect([life > 14, life <= 15]).toEqual([true, true]);
    const principal = await readToken(deps.db, answer.token, deps.now());
    expect(principal).toMatchObject({ userId: owner.userId, roles: [], scopes: ["publish"], workflow: { publisher: slug } });
    expect(await mails()).toBe(before + 1);
    await exchange(run());
    expect(await mails()).toBe(before + 1);
    expect(await deps.db.auditEvent.count({ where: { name: "accounts:workflow:exchange", subject: `publisher:${slug}` } })).toBe(2);
  });

  test.each(["RS256", "ES256", "EdDSA"] as const)("may be signed with %s", async (alg) => {
    expect(await exchange(github({}, { alg }))).toMatchObject({ publisher: press });
  });

  test("of GitLab and of a generic issuer count by their own claims", async () => {
    const slug = await makePublisher(deps, owner);
    await trust({ issuer: ci.url("gitlab"), repository: "group/sub/tides", workflow: ".gitlab-ci.yml" }, slug);
    const lab = (changes: Claims = {}) => ci.sign("gitlab", gitlabClaims(AUDIENCE, ci.url("gitlab"), "group/sub/tides", changes));
    await expectRefused(lab({ pipeline_source: "merge_request_event" }), "workflow.event");
    await expectRefused(lab({ ref_protected: "false" }), "workflow.ref-unprotected");
    await expectRefused(lab({ ci_config_ref_uri: "gitlab.com/evil/evil//.gitlab-ci.yml@refs/heads/main" }), "identity.claim-missing");
    expect(await exchange(lab())).toMatchObject({ publisher: slug, identity: { provider: "gitlab", workflow: ".gitlab-ci.yml", ref: "refs/heads/main" } });
    await trust({ issuer: ci.url("generic"), repository: "tides/generic", workflow: "release" }, slug);
    const plain = (changes: Claims = {}) => ci.sign("generic", githubClaims(AUDIENCE, "tides/generic", { workflow: "release", ref_protected: true, ...changes }));
    await expectRefused(plain({ workflow: "test" }), "workflow.other-file");
    expect(await exchange(plain())).toMatchObject({ publisher: slug, identity: { provider: "generic" } });
  });

  test("counts once: again, and fifty times at the same moment", async () => {
    const once = github();
    await exchange(once);
    await expectRefused(once, "identity.replayed");
    const raced = github();
    const before = await traces();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => exchange(raced)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(new Set(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [(outcome.reason as RegistryError).errors?.[0]?.code] : [])))).toEqual(new Set(["identity.replayed"]));
    const after = await traces();
    expect([after.tokens - before.tokens, after.spent - before.spent]).toEqual([1, 1]);
  });

  test("from a repository that took the name later is refused, by either number", async () => {
    await exchange(github());
    await expectRefused(github({ repository_id: "9999" }), "workflow.other-repository-id");
    await expectRefused(github({ repository_owner_id: "9999" }), "workflow.other-repository-id");
  });

  test("that fits two publishers must name one, and gets that one only", async () => {
    const at = { repository: "tides/shared" };
    const [first, second] = [await makePublisher(deps, owner), await makePublisher(deps, owner)];
    await trust(at, first);
    await trust(at, second);
    const run = () => ci.sign("github", githubClaims(AUDIENCE, at.repository));
    await expectRefused(run(), "workflow.several-publishers");
    expect(await exchange(run(), second)).toMatchObject({ publisher: second });
    await expectRefused(run(), "workflow.unknown", press);
  });
});

describe("what a token of a workflow reaches", () => {
  const asWorkflow = async (token: string) => (await readToken(deps.db, token, deps.now())) ?? expect.fail("the token does not count");
  const submit = (principal: Principal, publisher: string, id: string) => submitBytes(deps, { principal, publisher }, "manifest", serviceManifest(id, "1.0.0"));

  test("the listings that it is registered for, before they exist too, and which run sent each submission", async () => {
    const slug = await makePublisher(deps, owner);
    const at = { repository: "tides/pending" };
    const [pending, other] = [uniqueName("pending"), uniqueName("other")];
    await trust({ ...at, listing: pending }, slug);
    expect((await listWorkflows(deps, slug))[0]).toMatchObject({ listing: pending, pending: true });
    const answer = await exchange(ci.sign("github", githubClaims(AUDIENCE, at.repository)));
    expect(answer.listings).toEqual([pending]);
    const principal = await asWorkflow(answer.token);
    await expect(submit(principal, slug, other)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await submit(principal, slug, pending);
    const row = await deps.db.submission.findUniqueOrThrow({ where: { id } });
    expect(row.workflow).toMatchObject({ repository: at.repository, commit: answer.identity.commit, workflow: ".github/workflows/release.yml" });
  });

  test("no other publisher of the owner's, and nothing once the owner is none any more, or it is removed", async () => {
    const slug = await makePublisher(deps, owner);
    const second = await makePerson(deps);
    await addMember(deps, owner, slug, second, "owner");
    const at = { repository: "tides/handed" };
    const id = await trust(at, slug, second);
    const run = () => ci.sign("github", githubClaims(AUDIENCE, at.repository));
    const { token } = await exchange(run());
    const principal = await asWorkflow(token);
    const elsewhere = await makePublisher(deps, second);
    await expect(submit(principal, elsewhere, uniqueName("foreign"))).rejects.toMatchObject({ code: "forbidden" });
    await deps.db.membership.deleteMany({ where: { userId: second.userId, publisher: { slug } } });
    await expect(submit(principal, slug, uniqueName("late"))).rejects.toMatchObject({ code: "forbidden" });
    await expectRefused(run(), "workflow.resting");
    expect((await listWorkflows(deps, slug))[0]).toMatchObject({ state: "resting" });
    await confirmWorkflow(deps, { principal: owner, slug, id });
    const again = await exchange(run());
    await distrustWorkflow(deps, { principal: owner, slug, id });
    expect(await readToken(deps.db, again.token, deps.now())).toBeNull();
    await expectRefused(run(), "workflow.unknown");
  });

  test("nothing by an exchange that was under way when one of its registrations was removed", async () => {
    const slug = await makePublisher(deps, owner);
    const at = { repository: "tides/racing" };
    const stays = await trust({ ...at, listing: uniqueName("stays") }, slug);
    const goes = await trust({ ...at, listing: uniqueName("goes") }, slug);
    const { identity } = await exchange(ci.sign("github", githubClaims(AUDIENCE, at.repository)));
    let removal: Promise<void> = Promise.resolve();
    const { token } = await deps.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "TrustedWorkflow" WHERE "publisherId" = (SELECT "id" FROM "Publisher" WHERE "slug" = ${slug}) FOR UPDATE`;
      const made = await createWorkflowToken(tx, { userId: owner.userId, trustedWorkflowId: stays, listings: [], identity, now: deps.now() });
      removal = distrustWorkflow(deps, { principal: owner, slug, id: goes });
      await waitFor("the removal's wait", async () => ((await deps.db.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).length > 0 ? true : undefined), 20);
      return made;
    }, { timeout: 30_000 });
    await removal;
    expect(await readToken(deps.db, token, deps.now())).toBeNull();
  });

  test("nothing of a suspended publisher", async () => {
    const slug = await makePublisher(deps, owner);
    const at = { repository: "tides/suspended" };
    await trust(at, slug);
    await deps.db.publisher.update({ where: { slug }, data: { suspendedAt: new Date() } });
    await expectRefused(ci.sign("github", githubClaims(AUDIENCE, at.repository)), "workflow.publisher-suspended");
  });
});

describe("registering", () => {
  test("takes an owner, a trusted issuer, and a listing of one's own or a free name", async () => {
    const maintainer = await makePerson(deps);
    await addMember(deps, owner, press, maintainer, "maintainer");
    await expect(trust({ repository: "a/b" }, press, maintainer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(trust({ repository: "a/b" }, press, await makePerson(deps))).rejects.toMatchObject({ code: "forbidden" });
    const pointer = (promise: Promise<string>) => promise.then(() => null, (error: RegistryError) => error.errors?.[0]?.pointer);
    expect(await pointer(trust({ issuer: "https://evil.example" }))).toBe("/issuer");
    expect(await pointer(trust({ workflow: "../../evil" }))).toBe("/workflow");
    const stranger = await makePerson(deps);
    const [foreign, theirs] = [await makePublisher(deps, stranger), uniqueName("theirs")];
    await deps.db.listing.create({ data: { id: crypto.randomUUID(), slug: theirs, skeleton: idSkeleton(theirs), kind: "service", type: "llm", publisher: { connect: { slug: foreign } }, name: "Theirs" } });
    expect(await pointer(trust({ listing: theirs }))).toBe("/listing");
    expect(await pointer(trust({ listing: "Not An Id" }))).toBe("/listing");
    expect(await trust({ repository: "a/twice" })).toBe(await trust({ repository: "A/Twice" }));
  });

  test("takes a step-up where the session is an old one", async () => {
    const old: Principal = { ...owner, authenticatedAt: new Date(Date.now() - 2 * 3_600_000) };
    await expect(trust({ repository: "a/old" }, press, old)).rejects.toMatchObject({ code: "step-up-required" });
  });
});

describe("an issuer", () => {
  const jwks = (name: string) => new URL(`${ci.url(name)}/jwks`).pathname;
  const discovery = (name: string) => new URL(`${ci.url(name)}/.well-known/openid-configuration`).pathname;

  test("whose keys lie behind a redirect is not followed", async () => {
    ci.answer(jwks("redirecting"), 302, {}, { location: `${ci.url("secret")}/jwks` });
    await expectRefused(github({}, {}, "redirecting"), "identity.issuer-unusable");
    expect(ci.asked(jwks("secret"))).toBe(0);
  });

  test("whose discovery names another issuer, or keys at another place, vouches for nobody", async () => {
    ci.answer(discovery("impostor"), 200, { issuer: ci.url("github"), jwks_uri: `${ci.url("impostor")}/jwks` });
    await expectRefused(github({}, {}, "impostor"), "identity.issuer-unusable");
    ci.answer(discovery("elsewhere"), 200, { issuer: ci.url("elsewhere"), jwks_uri: "http://169.254.169.254/keys" });
    await expectRefused(github({}, {}, "elsewhere"), "identity.issuer-unusable");
  });

  test("that is away is `unavailable`, and nothing is spent", async () => {
    ci.answer(discovery("broken"), 503, {});
    await expectRefused(github({}, {}, "broken"), "unavailable");
  });

  test("is asked once for a hundred unknown key ids at once", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, (_, at) => exchange(github({}, { kid: `unknown-${at}` }, "flooded"))));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect([ci.asked(discovery("flooded")), ci.asked(jwks("flooded"))]).toEqual([1, 1]);
    expect(await exchange(github({}, {}, "flooded"))).toMatchObject({ publisher: press });
  });

  test("that changes its keys is asked again, at most every thirty seconds, and its old keys count no longer", async () => {
    await exchange(github({}, {}, "rotating"));
    const old = github({}, {}, "rotating");
    ci.rotate("rotating");
    await expectRefused(github({}, {}, "rotating"), "identity.key-unknown");
    expect(ci.asked(jwks("rotating"))).toBe(1);
    deps.advance(31_000);
    expect(await exchange(github({}, {}, "rotating"))).toMatchObject({ publisher: press });
    await expectRefused(old, "identity.key-unknown");
    expect(ci.asked(jwks("rotating"))).toBe(2);
  });
});
