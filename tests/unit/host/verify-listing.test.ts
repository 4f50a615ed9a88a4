import { generateSigningKey, sha256Hex, signDetached } from "@kosmarket/kit";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runKos, temporaryFolder } from "./run-kos.ts";
import { serveRegistry, type TestRegistry } from "./serve-registry.ts";

const PATH = "/api/v1/listings/tide-table/versions/1.2.0";
const made = await generateSigningKey({ name: "Ada", email: "ada@example.org" });
const stranger = await generateSigningKey({ name: "Eve", email: "eve@example.org" });

interface Delivery {
  /** what is delivered where it is not what was signed */
  delivered?: Uint8Array;
  /** what the feed says where it is not what the version's page says */
  feedChecksum?: string;
}

async function serveListing({ delivered, feedChecksum }: Delivery = {}): Promise<TestRegistry> {
  const bytes = new TextEncoder().encode("the package");
  const signature = await signDetached(bytes, made.privateKey);
  const checksum = `sha256:${await sha256Hex(bytes)}`;
  const registry: TestRegistry = await serveRegistry({
    "GET /api/feed.json": () => ({ body: { "tide-table": { latest: "1.2.0", url: `${registry.url}/api/service/tide-table/download?version=1.2.0`, checksum: feedChecksum ?? checksum, signature } } }),
    [`GET ${PATH}`]: () => ({ body: { version: "1.2.0", url: `${registry.url}/api/service/tide-table/download?version=1.2.0`, checksum, size: bytes.length, signature, signer: "publisher", fingerprint: made.fingerprint, keysUrl: `${registry.url}/keys.asc`, publishedAt: new Date(Date.now() + 1000).toISOString() } }),
    "GET /api/service/tide-table/download?version=1.2.0": () => ({ status: 302, headers: { location: "/bytes" }, body: "" }),
    "GET /bytes": () => ({ body: delivered ?? bytes }),
    "GET /keys.asc": () => ({ body: `${stranger.publicKey}\n${made.publicKey}` }),
  });
  return registry;
}

const verify = (cwd: string, registry: TestRegistry, ...args: string[]) => runKos(["verify", ...args, "--registry", registry.url, "--json"], { cwd });

describe("kos verify ID", { timeout: 60_000 }, () => {
  it("verifies what the feed names, and says who signed", async () => {
    using folder = temporaryFolder();
    await using registry = await serveListing();
    const ran = await verify(folder.path, registry, "tide-table");
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 0, json: { ok: true, listing: "tide-table", version: "1.2.0", signer: "publisher", keys: "registry", fingerprint: made.fingerprint } });
    const human = await runKos(["verify", "tide-table@1.2.0"], { cwd: folder.path, env: { KOS_REGISTRY: registry.url } });
    expect(human.stdout).toContain(`good signature by the publisher's key ${made.fingerprint}`);
  });

  it("refuses other bytes than those announced", async () => {
    using folder = temporaryFolder();
    await using registry = await serveListing({ delivered: new TextEncoder().encode("the packagf") });
    const ran = await verify(folder.path, registry, "tide-table@1.2.0");
    expect({ code: ran.code, json: ran.json() }).toMatchObject({ code: 1, json: { ok: false, error: { code: "checksum-mismatch" } } });
  });

  it("refuses a feed that says other than the version's page", async () => {
    using folder = temporaryFolder();
    await using registry = await serveListing({ feedChecksum: `sha256:${"0".repeat(64)}` });
    expect((await verify(folder.path, registry, "tide-table")).json()).toMatchObject({ ok: false, error: { code: "checksum-mismatch" } });
  });

  it("trusts only the certificates that were given", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "eve.asc"), stranger.publicKey);
    writeFileSync(join(folder.path, "ada.asc"), made.publicKey);
    await using registry = await serveListing();
    const wrong = await verify(folder.path, registry, "tide-table", "--keys", "eve.asc");
    expect({ code: wrong.code, json: wrong.json() }).toMatchObject({ code: 1, json: { ok: false, problems: [{ code: "signature.unknown-key" }] } });
    expect((await verify(folder.path, registry, "tide-table", "--keys", "ada.asc")).json()).toMatchObject({ ok: true, keys: "pinned" });
    expect(registry.seen.some((request) => request.path === "/keys.asc")).toBe(false);
  });

  it("says when there is no such listing or version", async () => {
    using folder = temporaryFolder();
    await using registry = await serveListing();
    expect((await verify(folder.path, registry, "high-water")).code).toBe(2);
    expect((await verify(folder.path, registry, "tide-table@9.0.0")).code).toBe(4);
    expect((await verify(folder.path, registry, "tide-table@latest")).code).toBe(2);
  });
});
