import type { IncomingMessage, ServerResponse } from "node:http";
import { countDownload } from "#lib/analytics/index.ts";
import { problemDocument, RegistryError } from "#lib/http/index.ts";
import { health, translateFault, type Deps } from "#lib/runtime/index.ts";
import { keepHot, sendHot } from "./hot-artifacts.ts";
import { downloadLink, resolveDownload } from "./resolve-download.ts";

const PATH = /^\/api\/service\/([a-z0-9-]{1,64})\/download$/;

/** The listing id of a download address, or null for any other path. */
export function downloadPath(pathname: string): string | null {
  return PATH.exec(pathname)?.[1] ?? null;
}

/**
 * Answers 302 to a short-lived address of the bytes and counts the download, in memory. With the store away the bytes
 * come from beside this process where it keeps them, and 503 otherwise.
 */
export async function handleDownload(deps: Deps, input: { id: string; version: string | null; requestId: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const found = await resolveDownload(deps, input.id, input.version);
    if (found instanceof RegistryError) throw found;
    if (!health().storage) {
      if (!(await sendHot(deps, found, request, response))) throw new RegistryError("unavailable", "The object store does not answer; try again shortly.", { headers: { "retry-after": "5" } });
      if (request.method === "GET") countDownload(found.versionId);
      return;
    }
    const location = await downloadLink(deps, found);
    if (request.method === "GET") {
      countDownload(found.versionId);
      keepHot(deps, found);
    }
    response.writeHead(302, { location, "cache-control": "no-store", "content-length": "0", "x-content-type-options": "nosniff", "access-control-allow-origin": "*" }).end();
  } catch (fault) {
    if (response.headersSent) return void response.destroy();
    const error = translateFault(fault);
    if (!(error instanceof RegistryError)) deps.logger.error({ err: error, requestId: input.requestId }, "download");
    const { status, headers, body } = problemDocument(error, input.requestId);
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
  }
}
