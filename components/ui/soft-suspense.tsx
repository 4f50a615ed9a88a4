import { headers } from "next/headers";
import { Suspense } from "react";
import type { ReactNode } from "react";

/**
 * Shows `fallback` while `children` load, but only where the browser moves between pages by script.
 * A first visit gets the whole page in one piece: it can then be read without scripts and keeps its status code,
 * both of which a streamed fallback (a loading file included) would lose.
 */
export async function SoftSuspense({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const moved = (await headers()).get("sec-fetch-dest") === "empty";
  return moved ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
