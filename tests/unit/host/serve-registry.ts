import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  method: string;
  path: string;
  authorization: string | null;
  contentLength: number | null;
  body: Buffer;
  form: () => Promise<FormData>;
}

export interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body: string | Uint8Array | Record<string, unknown>;
}

type Handler = (request: SeenRequest) => Answer | Promise<Answer>;

export interface TestRegistry {
  url: string;
  seen: SeenRequest[];
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** A registry over real HTTP, as far as its documented answers go: handlers by `METHOD /path`, 404 for the rest. */
export async function serveRegistry(handlers: Record<string, Handler>): Promise<TestRegistry> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then(async (read) => {
      seen.push(read);
      const handler = handlers[`${read.method} ${read.path}`];
      write(response, handler === undefined ? problem(404, "not-found", `${read.path} does not exist.`) : await handler(read));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An `application/problem+json` answer in the registry's form. */
export function problem(status: number, code: string, detail: string, errors: readonly Record<string, unknown>[] = [], members: Record<string, unknown> = {}): Answer {
  return { status, type: "application/problem+json", body: { type: `/docs/errors#${code}`, title: "Refused", status, detail, code, requestId: "req-1", errors, ...members } };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    authorization: request.headers.authorization ?? null,
    contentLength: request.headers["content-length"] === undefined ? null : Number(request.headers["content-length"]),
    body,
    form: () => new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData(),
  };
}

function write(response: ServerResponse, { status = 200, type, headers = {}, body }: Answer): void {
  const isBytes = typeof body === "string" || body instanceof Uint8Array;
  response.writeHead(status, { "content-type": type ?? (isBytes ? "application/octet-stream" : "application/json"), ...headers });
  response.end(isBytes ? body : JSON.stringify(body));
}
