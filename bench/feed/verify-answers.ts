import { get, type IncomingHttpHeaders } from "node:http";
import { gunzipSync } from "node:zlib";
import type { BuiltFeed } from "./build-feed.ts";
import type { Peer } from "./peer.ts";

/**
 * Checks that a peer answers what is to be measured: the feed, compressed exactly once, and 304 without a body to the
 * tag that came with it. Returns that tag; throws with the peer's name otherwise.
 */
export async function verifyAnswers(peer: Peer, feed: BuiltFeed): Promise<string> {
  const full = await ask(peer.url, { "accept-encoding": "gzip" });
  const etag = full.headers.etag;
  if (full.status !== 200 || full.headers["content-encoding"] !== "gzip" || etag === undefined) throw wrong(peer, `${full.status} with content-encoding ${full.headers["content-encoding"]} and tag ${etag}`);
  if (!gunzipSync(full.body).equals(feed.bytes)) throw wrong(peer, "a body that does not decode to the feed");
  const poll = await ask(peer.url, { "accept-encoding": "gzip", "if-none-match": etag });
  if (poll.status !== 304 || poll.body.length !== 0) throw wrong(peer, `${poll.status} with ${poll.body.length} bytes to a conditional poll`);
  return etag;
}

function wrong(peer: Peer, what: string): Error {
  return new Error(`${peer.name} answered ${what}`);
}

/** Plain HTTP, since `fetch` decodes by itself and would hide a body compressed twice. */
async function ask(url: string, headers: Record<string, string>): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return await new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    request.on("error", reject);
  });
}
