import { Agent, createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { drainServer } from "#lib/http/index.ts";

let server: Server;
let agent: Agent;
/** Requests that wait to be answered. */
let held: (() => void)[];

async function serve(): Promise<void> {
  held = [];
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer((message, response) => (message.url === "/slow" ? void held.push(() => response.end("slow")) : void response.end("ok")));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

function ask(path: string, own: Agent | false = agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ agent: own, host: "127.0.0.1", port: (server.address() as AddressInfo).port, path }, (answer) => {
      answer.resume().on("end", () => resolve(answer));
    })
      .on("error", reject)
      .end();
  });
}

test("while it drains, a server answers new and kept-alive connections, and closes each after its answer", async () => {
  await serve();
  const before = await ask("/");
  expect(before.headers.connection).toBe("keep-alive");
  const stopped = drainServer(server, { drainMs: 1_000, deadlineMs: 1_000 });
  const [kept, fresh, ready] = [await ask("/"), await ask("/", false), await ask("/readyz", false)];
  expect([kept, fresh].map((answer) => [answer.statusCode, answer.headers.connection])).toEqual([[200, "close"], [200, "close"]]);
  expect([ready.statusCode, ready.headers["cache-control"]]).toEqual([503, "no-store"]);
  await stopped;
  expect(server.listening).toBe(false);
});

test("a request under way gets its answer after the listener is closed", async () => {
  await serve();
  const address = server.address() as AddressInfo;
  const slow = ask("/slow");
  await expect.poll(() => held.length).toBe(1);
  const stopped = drainServer(server, { drainMs: 0, deadlineMs: 10_000 });
  await expect.poll(() => server.listening).toBe(false);
  const refused = new Promise((resolve) => request({ agent: false, host: "127.0.0.1", port: address.port }).on("error", (error: NodeJS.ErrnoException) => resolve(error.code)).end());
  expect(await refused).toBe("ECONNREFUSED");
  held[0]?.();
  const answered = Date.now();
  expect((await slow).statusCode).toBe(200);
  await stopped;
  // Not when the kept-alive connection of that answer times out, nor at the deadline.
  expect(Date.now() - answered).toBeLessThan(5_000);
});

test("what takes longer than the deadline is cut off", async () => {
  await serve();
  const slow = ask("/slow").then(
    () => "answered",
    (error: NodeJS.ErrnoException) => error.code,
  );
  await expect.poll(() => held.length).toBe(1);
  await drainServer(server, { drainMs: 0, deadlineMs: 50 });
  expect(await slow).toBe("ECONNRESET");
});
