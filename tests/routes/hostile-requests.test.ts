import { readdirSync, readlinkSync } from "node:fs";
import { request as httpRequest, type ClientRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "#lib/http/index.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { publishForm } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ worker: false })), 120_000);
afterAll(() => server.stop());

/** A request that is written by hand: `fetch` would refuse its Host, and would not hang up in the middle. */
function open(path: string, headers: Record<string, string | number>, method = "POST"): { sent: ClientRequest; status: Promise<number> } {
  const sent = httpRequest(new URL(path, server.url), { method, headers });
  const status = new Promise<number>((resolve) => {
    sent.on("response", (response) => resolve(response.resume().statusCode ?? 0)).on("error", () => resolve(0));
  });
  return { sent, status };
}

describe("a body that no upload needs", () => {
  const targets = ["/api/v1/session/link", "/api/v1/tokens", "/api/auth/signin/email", "/sign-in"];

  test.each(targets)("POST %s is refused by its announced length", async (path) => {
    const { sent, status } = open(path, { "content-type": "application/x-www-form-urlencoded", "content-length": 600 * 1024 });
    sent.flushHeaders();
    expect(await status).toBe(413);
    sent.destroy();
  });

  test.each(targets)("POST %s is refused as soon as too much has come, without an announced length", async (path) => {
    const { sent, status } = open(path, { "content-type": "application/x-www-form-urlencoded", "transfer-encoding": "chunked" });
    sent.write("a".repeat(600 * 1024));
    expect(await status).toBe(413);
    sent.destroy();
  });

  test("of a usual size still reaches its handler, announced or not", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await server.request("/api/v1/session/link", { method: "POST", headers, body: "token=unknown" })).headers.get("location")).toContain("error=Verification");
    const { sent, status } = open("/api/v1/session/link", { ...headers, "transfer-encoding": "chunked" });
    sent.end("token=unknown");
    expect(await status).toBe(303);
  });
});

describe("uploads that never end", () => {
  const head = '--b\r\ncontent-disposition: form-data; name="package"; filename="a.zip"\r\n\r\n';
  const multipart = { "content-type": "multipart/form-data; boundary=b" };

  /** Files of removed upload folders that the processes started by this test still hold open. */
  function heldOpen(): number {
    const links = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        // The process, or the file, is gone.
        return [];
      }
    });
    return links.filter((link) => link.includes("kos-upload-") && link.endsWith("(deleted)")).length;
  }

  test.skipIf(process.platform !== "linux")("keep neither a file nor its bytes when the sender hangs up", async () => {
    const before = heldOpen();
    for (let count = 0; count < 5; count++) {
      const { sent } = open("/api/v1/validate", { ...multipart, "content-length": 1_000_000 });
      sent.write(head + "x".repeat(200_000));
      await new Promise((resolve) => setTimeout(resolve, 150));
      sent.destroy();
    }
    await waitFor("the files to be closed", async () => (heldOpen() <= before ? true : undefined));
  });

  test("of one address take no more than their share of the disk, and others are served meanwhile", async () => {
    const client = "198.51.100.9";
    const many = Array.from({ length: 14 }, () => open("/api/v1/validate", { ...multipart, "content-length": 52_000_000, "x-forwarded-for": client }));
    for (const { sent } of many) sent.write(head);
    expect(await Promise.any(many.map(async ({ status }) => ((await status) === 429 ? 429 : Promise.reject(new Error("another answer")))))).toBe(429);
    expect((await server.request("/api/v1/validate", { method: "POST", body: publishForm({ manifest: serviceManifest("patient") }), client: "198.51.100.10" })).status).toBe(200);
    for (const { sent } of many) sent.destroy();
    const retried = async () => (await server.request("/api/v1/validate", { method: "POST", body: publishForm({ manifest: serviceManifest("patient") }), client })).status;
    await waitFor("the share to be given back", async () => ((await retried()) === 200 ? true : undefined));
  });
});

describe("hostile text", () => {
  test("a cookie that is no token signs nobody in and breaks nothing", async () => {
    expect((await server.request("/api/v1/submissions", { headers: { cookie: "kos-session=%E0%A4%A" } })).status).toBe(401);
  });

  test("a NUL in a form field is the sender's fault", async () => {
    const body = `--b\r\ncontent-disposition: form-data; name="publisher"\r\n\r\na\0b\r\n--b\r\ncontent-disposition: form-data; name="manifest"; filename="s.yaml"\r\n\r\nservices: []\r\n--b--\r\n`;
    expect((await server.request("/api/v1/validate", { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" }, body })).status).toBe(400);
  });
});

describe("the outbox of a machine's own registry", () => {
  const outbox = async (host: string): Promise<number> => {
    const { sent, status } = open("/outbox", { host }, "GET");
    sent.end();
    return await status;
  };

  test("is not shown under a foreign name that resolves to this machine", async () => {
    expect(await outbox(new URL(server.url).host)).toBe(200);
    expect(await outbox("rebound.example")).toBe(404);
  });
});

describe("asking for a sign-in mail", () => {
  async function ask(email: string, client: string): Promise<Response> {
    const csrf = await server.request("/api/auth/csrf", { client });
    const cookie = csrf.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    return await server.request("/api/auth/signin/email", { method: "POST", client, headers: { cookie, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrfToken, email, json: "true" }).toString() });
  }

  test.each(["a@one.example,b@two.example", "a@one.example b@two.example", '"a@one.example"@two.example', "Name <a@one.example>"])("%s is not one address, and nothing is sent", async (email) => {
    const before = await server.deps.db.mail.count();
    await ask(email, "198.51.100.20");
    expect(await server.deps.db.mail.count()).toBe(before);
  });

  test("is limited by the sender's address, whatever mailboxes it names", async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 11; count++) statuses.push((await ask(`reader${count}@example.org`, "198.51.100.21")).status);
    expect(statuses.slice(0, 10)).toEqual(new Array(10).fill(200));
    expect(statuses[10]).toBe(429);
  });

  test("is limited by mailbox too, whoever asks and whatever stands after a +", async () => {
    const before = await server.deps.db.mail.count({ where: { to: { startsWith: "victim" } } });
    for (let count = 0; count < 14; count++) await ask(count % 2 === 0 ? "victim@example.org" : `victim+${count}@example.org`, `198.51.100.${30 + count}`);
    expect((await server.deps.db.mail.count({ where: { to: { startsWith: "victim" } } })) - before).toBe(LIMITS["sign-in"].burst);
    expect((await server.deps.db.rateLimit.findMany()).filter(({ key }) => key.includes("example.org"))).toEqual([]);
  });

  test("and following its link are limited by address, and the refusal says how long", async () => {
    const follow = () => server.request("/api/auth/callback/email?token=guess&email=reader%40example.org", { client: "198.51.100.60", redirect: "manual" });
    for (let count = 0; count < LIMITS["sign-in"].burst; count++) {
      const answer = await follow();
      expect(answer.status).toBe(302);
      expect(answer.headers.get("ratelimit")).toMatch(/^"sign-in";r=\d;t=\d+$/);
    }
    const refused = await follow();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
