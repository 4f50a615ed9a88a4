import type { ReactNode } from "react";
import { Forbidden } from "#components/console/account/forbidden.tsx";
import type { ViewerView } from "#lib/accounts/schema.ts";
import { isId } from "#lib/platform/index.ts";
import { runtime, type Deps } from "#lib/runtime/index.ts";
import { requireFactorFor, requireViewer } from "../../_session.ts";
import { StatusPage } from "../../_status-page.tsx";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** What an administrator sees at `path`; everyone else is told that this is not theirs, with 403. */
export async function forAdministrators(path: string, render: (deps: Deps, person: ViewerView) => Promise<ReactNode>): Promise<ReactNode> {
  const person = await requireViewer(path);
  if (person.roles.includes("administrator")) {
    await requireFactorFor(person, ["administrator"]);
    return await render(await runtime(), person);
  }
  return (
    <StatusPage status={403}>
      <Forbidden title="Administration" who="Administrators" />
    </StatusPage>
  );
}

/** The first value of each parameter that is there and not empty. What is no cursor of ours begins at the first page. */
export async function readFilters(searchParams: SearchParams, cursors: readonly string[] = ["cursor"]): Promise<Record<string, string>> {
  const pairs = Object.entries(await searchParams).map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? ""] as const);
  return Object.fromEntries(pairs.filter(([name, value]) => value !== "" && (!cursors.includes(name) || isId(value))));
}
