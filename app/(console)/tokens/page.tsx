import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { TokensDesk } from "#components/console/account/tokens-desk.tsx";
import { grantableScopes } from "#components/console/account/grantable-scopes.ts";
import { listTokens } from "#lib/accounts/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Tokens" };

export default async function TokensPage() {
  const person = await requireViewer("/tokens");
  const tokens = await listTokens(await runtime(), person.id);
  return (
    <ConsolePage
      title="Tokens"
      lead={
        <>
          For the command line and for build servers. A token can do less than you, never more, and ends after 90 days at most. For your own terminal, <code>kos login</code> makes one.
        </>
      }
    >
      <TokensDesk tokens={tokens} scopes={grantableScopes(person.roles)} />
    </ConsolePage>
  );
}
