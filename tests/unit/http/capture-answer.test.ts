import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { captureAnswer, type CapturedAnswer } from "#lib/http/index.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Serves one kind of answer through a capture; returns what a client got and what was kept. */
async function ask(write: (response: ServerResponse) => void, maxBytes = 1_000_000): Promise<{ status: number; type: string | null; text: string; kept: CapturedAnswer[] }> {
  const kept: CapturedAnswer[] = [];
  const listener: RequestListener = (_request, response) => {
    captureAnswer(response, {
      maxBytes,
      keep: (answer) => kept.push(answer),
      replace: (failed) => response.writeHead(503, { "content-type": "text/plain" }).end(`instead of ${failed.status}: ${failed.body.toString()}`),
    });
    write(response);
  };
  const server = createServer(listener).listen(0, "127.0.0.1");
  closing.push(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text(), kept };
}

describe("a captured answer", () => {
  test("goes out unchanged, and a copy is kept, however it was written", async () => {
    const ways: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("héllo"),
      (response) => {
        response.setHeader("content-type", "text/html");
        response.flushHeaders();
        response.write("hé");
        response.write(Buffer.from("l"));
        response.end("lo");
      },
      (response) => {
        response.setHeader("content-type", "text/html");
        response.end("68c3a96c6c6f", "hex");
      },
    ];
    for (const way of ways) {
      const { status, text, kept } = await ask(way);
      expect([status, text, kept.map((answer) => answer.body.toString())]).toEqual([200, "héllo", ["héllo"]]);
    }
  });

  test("is not kept when it is longer than allowed, or no 200", async () => {
    expect((await ask((response) => response.end("x".repeat(500)), 100)).kept).toEqual([]);
    const missing = await ask((response) => response.writeHead(404).end("no"));
    expect([missing.status, missing.text, missing.kept]).toEqual([404, "no", []]);
  });

  test("of 500 never reaches the client: what replaces it sees the whole of it", async () => {
    const ways: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(500, { "content-type": "text/html" }).end("broken"),
      (response) => {
        response.statusCode = 500;
        response.flushHeaders();
        response.write("bro");
        response.end("ken");
      },
    ];
    for (const way of ways) {
      const { status, type, text, kept } = await ask(way);
      expect([status, type, text, kept]).toEqual([503, "text/plain", "instead of 500: broken", []]);
    }
  });
});
