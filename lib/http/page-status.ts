import { processWide } from "#lib/platform/index.ts";

const statuses = (): Map<string, number> => processWide("page-statuses", () => new Map<string, number>());

/** Says which status the page of this request is answered with: a page has no other way to set 410 or 451, and Next's own 404 is blank without scripts. */
export function setPageStatus(requestId: string, status: number): void {
  statuses().set(requestId, status);
}

/** The status that a page asked for, once; undefined where it asked for none. */
export function takePageStatus(requestId: string): number | undefined {
  const status = statuses().get(requestId);
  statuses().delete(requestId);
  return status;
}
