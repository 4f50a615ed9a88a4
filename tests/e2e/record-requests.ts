import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy between a browser and the marketplace that keeps every byte the browser sends. */
export interface Recorder {
  /** For the browser context's `proxy`; requests to this machine go through it too. */
  proxy: { server: string; bypass: string };
  /** Everything sent so far: request lines, headers and bodies. */
  sent: () => Buffer;
  close: () => Promise<void>;
}

export async function recordRequests(): Promise<Recorder> {
  const sent: Buffer[] = [];
  const server = createServer((request, response) => {
    sent.push(Buffer.from(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}\n`));
    request.on("data", (chunk: Buffer) => sent.push(chunk));
    const target = forward(request.url ?? "", { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    target.on("error", () => response.destroy());
    response.on("close", () => target.destroy());
    request.pipe(target);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    proxy: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bypass: "<-loopback>" },
    sent: () => Buffer.concat(sent),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
