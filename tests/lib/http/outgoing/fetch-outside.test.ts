import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createSocketServer, type AddressInfo, type Server as SocketServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchOutside } from "#lib/http/index.ts";
import { startNameServer, type NameServer } from "#tests/support/name-server.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const LOOPBACK = ["127.0.0.0/8"];
let names: NameServer;
let servers: (Server | SocketServer)[] = [];
let sockets = new Set<Socket>();

beforeAll(async () => void (names = await startNameServer()));
afterAll(() => names.close());
beforeEach(() => {
  servers = [];
  sockets = new Set();
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen<S extends Server | SocketServer>(server: S, host = "127.0.0.1"): Promise<number> {
  servers.push(server);
  server.on("connection", (socket: Socket) => void sockets.add(socket.on("error", () => undefined)));
  server.listen(0, host);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
const web = (answer: RequestListener, host?: string) => listen(createServer(answer), host);
/** A server that writes these very bytes. */
const raw = (talk: (socket: Socket) => void) => listen(createSocketServer((socket) => void socket.once("data", () => talk(socket))));

const ask = (url: string, options: Partial<Parameters<typeof fetchOutside>[1]> = {}) => fetchOutside(url, { allow: LOOPBACK, resolver: [names.address], deadlineMs: 5000, ...options });
const refused = (code: string) => expect.objectContaining({ name: "OutgoingError", code });

describe("an allowed server", () => {
  test("is asked by its name, at the checked address, without anything of this machine", async () => {
    names.set("web.example", ["127.0.0.1"]);
    let seen: Record<string, unknown> = {};
    const port = await web((request, response) => {
      seen = { ...request.headers, method: request.method, url: request.url };
      response.writeHead(418, { "set-cookie": "a=b", "x-told": "yes" }).end("short and stout");
    });
    const answer = await ask(`http://web.example:${port}/pot?of=tea#leaves`);
    expect(answer).toMatchObject({ status: 418, address: "127.0.0.1", redirects: 0, headers: { "x-told": "yes" } });
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(answer.body.toString()).toBe("short and stout");
    expect(seen).toEqual({ host: `web.example:${port}`, "user-agent": "kOS-Marketplace", "accept-encoding": "identity", connection: "close", method: "GET", url: "/pot?of=tea" });
  });

  test("takes what is posted, with the caller's headers", async () => {
    const port = await web((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => response.end(`${request.headers["x-own"]} ${Buffer.concat(chunks).toString()}`));
    });
    const answer = await ask(`http://127.0.0.1:${port}/`, { method: "POST", body: Buffer.from("posted"), headers: { "x-own": "mine" } });
    expect(answer.body.toString()).toBe("mine posted");
  });

  test("may be allowed by its name alone", async () => {
    names.set("issuer.corp.example", ["127.0.0.1"]);
    const port = await web((_request, response) => void response.end("ok"));
    expect(await ask(`http://issuer.corp.example:${port}/`, { allow: ["issuer.corp.example"] })).toMatchObject({ status: 200 });
    await expect(ask(`http://127.0.0.1:${port}/`, { allow: ["issuer.corp.example"] })).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test("gets a connection of its own for each name, so that none is answered for another", async () => {
    names.set("one.example", ["127.0.0.1"]);
    names.set("two.example", ["127.0.0.1"]);
    const ports = new Set<number>();
    const port = await web((request, response) => {
      ports.add(request.socket.remotePort ?? 0);
      response.writeHead(200, { connection: "keep-alive", "keep-alive": "timeout=60" }).end(request.headers.host);
    });
    for (const name of ["one.example", "two.example", "one.example"]) expect((await ask(`http://${name}:${port}/`)).body.toString()).toBe(`${name}:${port}`);
    expect(ports.size).toBe(3);
  });
});

describe("addresses that are not on the internet", () => {
  let reached = 0;
  let port = 0;
  beforeEach(async () => {
    reached = 0;
    port = await web((_request, response) => {
      reached++;
      response.end("secret");
    });
  });
  afterEach(() => expect(reached).toBe(0));

  test.each([
    "http://127.0.0.1:PORT/", "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/", "http://127.1:PORT/", "http://0:PORT/", "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://localhost:PORT/", "http://LOCALHOST.:PORT/", "http://a.localhost:PORT/", "http://①②⑦.⓪.⓪.①:PORT/", "http://127。0。0。1:PORT/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://10.0.0.1/", "http://100.64.1.1/", "http://198.18.0.1/", "https://192.168.1.1/",
  ])("%s is refused", async (url) => {
    await expect(ask(url.replace("PORT", String(port)), { allow: [] })).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test.each([
    "ftp://web.example/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/_GET", "javascript:alert(1)", "data:,x", "http://user:pass@web.example/", "http://web.example@127.0.0.1:PORT/", "http://:@127.0.0.1:PORT/x@",
    "http://[fe80::1%25eth0]:PORT/", "http://[::1%lo]:PORT/", "http://1.2.3.4.5/", "http://256.0.0.1/", "//web.example/", "web.example", "", "http://", "http://./", "http://web.example../", `http://web.example/${"a".repeat(3000)}`,
  ])("%s is no address to ask", async (url) => {
    const outcome = ask(url.replace("PORT", String(port)), { allow: [] });
    await expect(outcome).rejects.toEqual(expect.objectContaining({ name: "OutgoingError", code: expect.stringMatching(/^outgoing-(url|address)-refused$/) }));
  });

  test.each([22, 25, 53, 110, 445, 5432, 6379, 9200, 11211])("port %s is refused", async (other) => {
    await expect(ask(`http://web.example:${other}/`)).rejects.toEqual(refused("outgoing-port-refused"));
  });

  test("http is refused where only https is taken", async () => {
    await expect(ask(`http://127.0.0.1:${port}/`, { httpsOnly: true })).rejects.toEqual(refused("outgoing-url-refused"));
  });

  test.each([[["127.0.0.1"]], [["93.184.216.34", "127.0.0.1"]], [["93.184.216.34", "::1"]], [["2606:4700::1111", "::ffff:a9fe:a9fe"]], [["93.184.216.34", "10.1.2.3"]]])("a name with the addresses %j is refused as a whole", async (addresses) => {
    names.set("mixed.example", addresses);
    await expect(ask(`http://mixed.example:${port}/`, { allow: [] })).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test("a name that answers otherwise the second time is asked once, and not reached elsewhere", async () => {
    names.set("rebound.example", [["192.0.2.1"], ["127.0.0.1"]]);
    // The first answer is allowed and leads nowhere; a second question would lead to the server.
    await expect(ask(`http://rebound.example:${port}/`, { allow: ["192.0.2.0/24"], connectMs: 400 })).rejects.toEqual(expect.objectContaining({ code: expect.stringMatching(/^outgoing-(timeout|connect-failed)$/) }));
    expect(names.asked("rebound.example")).toBe(1);
    await expect(ask(`http://rebound.example:${port}/`, { allow: ["192.0.2.0/24"] })).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test("a name without addresses, an unknown one and a silent name server are told apart from refusals", async () => {
    names.set("empty.example", []);
    for (const name of ["empty.example", "unknown.example"]) await expect(ask(`http://${name}:${port}/`)).rejects.toEqual(refused("outgoing-name-unresolved"));
    await expect(ask(`http://silent.example:${port}/`, { deadlineMs: 300 })).rejects.toEqual(refused("outgoing-timeout"));
  });

  test("a header of the caller's can split no request and set none of ours", async () => {
    for (const [name, value] of [["x-own", "a\r\nhost: other"], ["x-own\r\nhost", "other"], ["Host", "other"], ["cookie", "a=b"], ["Transfer-Encoding", "chunked"]] as const) {
      await expect(ask(`http://127.0.0.1:${port}/`, { headers: { [name]: value } })).rejects.toEqual(refused("outgoing-url-refused"));
    }
  });
});

describe("redirects", () => {
  const redirecting = (to: (port: number) => string, status = 302): Promise<number> => {
    let own = 0;
    return web((_request, response) => void response.writeHead(status, { location: to(own) }).end()).then((port) => (own = port));
  };

  test("are followed three times, without the caller's headers to another origin", async () => {
    names.set("first.example", ["127.0.0.1"]);
    names.set("second.example", ["127.0.0.1"]);
    const seen: unknown[] = [];
    const port = await web((request, response) => {
      seen.push([request.headers.host?.split(":")[0], request.url, request.headers.authorization]);
      const next = { "/": "/one", "/one": `http://second.example:${port}/two`, "/two": "three" }[request.url ?? ""];
      if (next === undefined) response.end("there");
      else response.writeHead(307, { location: next }).end();
    });
    expect(await ask(`http://first.example:${port}/`, { headers: { authorization: "Bearer x" } })).toMatchObject({ status: 200, redirects: 3, url: `http://second.example:${port}/three` });
    expect(seen).toEqual([["first.example", "/", "Bearer x"], ["first.example", "/one", "Bearer x"], ["second.example", "/two", undefined], ["second.example", "/three", undefined]]);
  });

  test("end after three", async () => {
    const port = await redirecting((own) => `http://127.0.0.1:${own}/again`);
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-redirect-refused"));
  });

  test.each(["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/", "http://[::1]:8080/", "http://2852039166/", "http://localhost/", "//[::ffff:a9fe:a9fe]/"])("to %s are refused", async (location) => {
    const port = await redirecting(() => location);
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test("to this machine are refused where only a name was allowed", async () => {
    names.set("open.example", ["127.0.0.1"]);
    const port = await redirecting((own) => `http://127.0.0.1:${own}/`);
    await expect(ask(`http://open.example:${port}/`, { allow: ["open.example"] })).rejects.toEqual(refused("outgoing-address-refused"));
  });

  test.each(["ftp://web.example/", "file:///etc/passwd", "http://a:b@127.0.0.1/"])("to %s are refused", async (location) => {
    const port = await redirecting(() => location);
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-url-refused"));
  });

  test("of what is posted are refused", async () => {
    const port = await redirecting((own) => `http://127.0.0.1:${own}/`, 307);
    await expect(ask(`http://127.0.0.1:${port}/`, { method: "POST", body: Buffer.from("x") })).rejects.toEqual(refused("outgoing-redirect-refused"));
  });
});

describe("answers that never end, or lie", () => {
  const HEAD = "HTTP/1.1 200 OK\r\n";

  test("a server that never answers", async () => {
    const port = await raw(() => undefined);
    const started = Date.now();
    await expect(ask(`http://127.0.0.1:${port}/`, { deadlineMs: 300 })).rejects.toEqual(refused("outgoing-timeout"));
    expect(Date.now() - started).toBeLessThan(3000);
    await waitFor("the connection to close", async () => ([...sockets].every((socket) => socket.destroyed) ? true : undefined));
  });

  test.each(["header", "body"])("a %s that comes byte by byte", async (part) => {
    const port = await raw((socket) => {
      socket.write(part === "header" ? HEAD : `${HEAD}content-length: 1000\r\n\r\n`);
      const drip = setInterval(() => socket.write("x"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    await expect(ask(`http://127.0.0.1:${port}/`, { deadlineMs: 400 })).rejects.toEqual(refused("outgoing-timeout"));
  });

  test("an endless body", async () => {
    const port = await web((_request, response) => {
      const fill = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", fill);
      fill();
    });
    await expect(ask(`http://127.0.0.1:${port}/`, { maxBytes: 1_000_000 })).rejects.toEqual(refused("outgoing-too-large"));
  });

  test("a body that announces more than is taken; exactly as much is taken", async () => {
    const port = await web((request, response) => void response.end("x".repeat(Number(request.url?.slice(1)))));
    await expect(ask(`http://127.0.0.1:${port}/1001`, { maxBytes: 1000 })).rejects.toEqual(refused("outgoing-too-large"));
    expect((await ask(`http://127.0.0.1:${port}/1000`, { maxBytes: 1000 })).body).toHaveLength(1000);
    expect((await ask(`http://127.0.0.1:${port}/5000`, { maxBytes: 1000, method: "HEAD" })).status).toBe(200);
  });

  test("a bomb of gzip is not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const port = await web((_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-answer-refused"));
  });

  test("huge headers", async () => {
    const port = await raw((socket) => void socket.end(`${HEAD}x-a: ${"a".repeat(40_000)}\r\n\r\n`));
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-too-large"));
  });

  test.each([
    ["two lengths", `${HEAD}content-length: 1\r\ncontent-length: 2\r\n\r\nab`],
    ["a length and chunks", `${HEAD}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["a header without a name", `${HEAD}: x\r\n\r\n`],
    ["a carriage return in a header", `${HEAD}x-a: b\rc: d\r\n\r\n`],
    ["no HTTP at all", "220 mail.example ESMTP\r\n"],
    ["a body that is cut off", `${HEAD}content-length: 100\r\n\r\nshort`],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"],
    ["nothing", ""],
  ])("%s", async (_, bytes) => {
    const port = await raw((socket) => void socket.end(bytes));
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-answer-refused"));
  });

  test("a second answer on the same connection is not read", async () => {
    const port = await raw((socket) => void socket.end(`${HEAD}content-length: 2\r\n\r\nok${HEAD}content-length: 4\r\n\r\nevil`));
    expect((await ask(`http://127.0.0.1:${port}/`)).body.toString()).toBe("ok");
  });

  test("nobody who listens", async () => {
    const port = await web((_request, response) => void response.end());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toEqual(refused("outgoing-connect-failed"));
  });

  test("the caller takes it back", async () => {
    const port = await raw(() => undefined);
    const stopping = new AbortController();
    const outcome = ask(`http://127.0.0.1:${port}/`, { signal: stopping.signal });
    await waitFor("the request to arrive", async () => (sockets.size > 0 ? true : undefined));
    stopping.abort();
    await expect(outcome).rejects.toEqual(refused("outgoing-aborted"));
    await expect(ask(`http://127.0.0.1:${port}/`, { signal: stopping.signal })).rejects.toEqual(refused("outgoing-aborted"));
  });
});

describe("many at once", () => {
  test("a slow server holds four places, while another is answered", async () => {
    const waiting: (() => void)[] = [];
    const slow = await web((_request, response) => void waiting.push(() => response.end("late")));
    const quick = await web((_request, response) => void response.end("quick"), "127.0.0.2");
    const many = Array.from({ length: 20 }, (_, count) => {
      names.set(`n${count}.example`, ["127.0.0.1"]);
      return ask(`http://n${count}.example:${slow}/`);
    });
    await waitFor("four requests to arrive", async () => (waiting.length >= 4 ? true : undefined));
    expect((await ask(`http://127.0.0.2:${quick}/`)).body.toString()).toBe("quick");
    expect(waiting).toHaveLength(4);
    const pump = setInterval(() => waiting.splice(0).forEach((end) => end()), 5);
    expect((await Promise.all(many)).map(({ status }) => status)).toEqual(new Array(20).fill(200));
    clearInterval(pump);
  });

  test("whoever stops waiting takes no place afterwards", async () => {
    const ends: (() => void)[] = [];
    const port = await web((request, response) => void (request.url === "/slow" ? ends.push(() => response.end()) : response.end("free")));
    const holding = Array.from({ length: 4 }, () => ask(`http://127.0.0.1:${port}/slow`));
    await waitFor("four requests to arrive", async () => (ends.length === 4 ? true : undefined));
    const gaveUp = await Promise.allSettled(Array.from({ length: 8 }, () => ask(`http://127.0.0.1:${port}/slow`, { deadlineMs: 200 })));
    expect(gaveUp.every((outcome) => outcome.status === "rejected")).toBe(true);
    for (const end of ends) end();
    await Promise.all(holding);
    expect((await ask(`http://127.0.0.1:${port}/`)).body.toString()).toBe("free");
    expect(ends).toHaveLength(4);
  });

  test("more than may wait are refused at once, and what waited too long leaves its place", async () => {
    const port = await raw(() => undefined);
    const outcomes = await Promise.allSettled(Array.from({ length: 300 }, () => ask(`http://127.0.0.1:${port}/`, { deadlineMs: 500 })));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as { code: string }).code : "answered"));
    expect(codes.filter((code) => code === "outgoing-busy")).toHaveLength(300 - 256 - 4);
    expect(codes.filter((code) => code === "outgoing-timeout")).toHaveLength(256 + 4);
    const after = await web((_request, response) => void response.end("free"));
    expect((await ask(`http://127.0.0.1:${after}/`)).body.toString()).toBe("free");
  });
});

describe("certificates", () => {
  let folder = "";
  let port = 0;
  let named: (string | false | undefined)[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kos-tls-"));
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example", "-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")], { stdio: "ignore" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    named = [];
    names.set("good.example", ["127.0.0.1"]);
    names.set("bad.example", ["127.0.0.1"]);
    const secure = createSecureServer({ key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) }, (request, response) => {
      named.push((request.socket as unknown as { servername?: string | false }).servername);
      if (request.url === "/down") response.writeHead(302, { location: "http://good.example/" }).end();
      else response.end("sealed");
    });
    port = await listen(secure);
  });
  const ca = () => readFileSync(join(folder, "cert.pem"), "utf8");

  test("one that is trusted and names the host is taken, and the host is named in the handshake", async () => {
    expect((await ask(`https://good.example:${port}/`, { ca: ca(), httpsOnly: true })).body.toString()).toBe("sealed");
    expect(named).toEqual(["good.example"]);
  });

  test("one that nobody vouches for is refused, whatever the process was told to ignore", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      await expect(ask(`https://good.example:${port}/`)).rejects.toEqual(refused("outgoing-certificate-refused"));
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
    expect(named).toEqual([]);
  });

  test("one for another name is refused", async () => {
    await expect(ask(`https://bad.example:${port}/`, { ca: ca() })).rejects.toEqual(refused("outgoing-certificate-refused"));
    expect(named).toEqual([]);
  });

  test("a redirect from https to http is refused", async () => {
    await expect(ask(`https://good.example:${port}/down`, { ca: ca() })).rejects.toEqual(refused("outgoing-redirect-refused"));
  });
});
