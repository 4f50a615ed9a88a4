import type { IncomingMessage, ServerResponse } from "node:http";
import { countDownload } from "#lib/analytics/index.ts";
import { problemDocument, RegistryError } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { downloadLink, resolveDownload } from "./resolve-download.ts";

const PATH = /^\/api\/service\/([a-z0-9-]{1,64})\/download$/;

/** The listing id of a download address, or null for any other path. */
export function downloadPath(pathname: string): string | null {
  return PATH.exec(pathname)?.[1] ?? null;
}

/** Answers 302 to a short-lived address of the bytes and counts the download, in memory. */
export async function handleDownload(deps: Deps, input: { id: string; version: string | null; requestId: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const found = await resolveDownload(deps, input.id, input.version);
    if (found instanceof RegistryError) throw found;
    const location = await downloadLink(deps, found);
    if (request.method === "GET") countDownload(found.versionId);
    response.writeHead(302, { location, "cache-control": "no-store", "content-length": "0", "x-content-type-options": "nosniff", "access-control-allow-origin": "*" }).end();
  } catch (error) {
    if (!(error instanceof RegistryError)) deps.logger.error({ err: error, requestId: input.requestId }, "download");
    const { status, headers, body } = problemDocument(error, input.requestId);
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
  }
}
