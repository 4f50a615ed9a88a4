"use client";

import { useState } from "react";
import { Panel } from "#components/ui/panel.tsx";
import type { TokenSummaryView } from "#lib/accounts/schema.ts";
import { CreateTokenForm } from "#components/console/account/create-token-form.tsx";
import type { CreatedToken } from "#components/console/account/create-token-form.tsx";
import type { ScopeChoice } from "#components/console/account/grantable-scopes.ts";
import { NewTokenNotice } from "#components/console/account/new-token-notice.tsx";
import { TokenTable } from "#components/console/account/token-table.tsx";

/** A person's tokens, and the form for a new one. */
export function TokensDesk({ tokens, scopes }: { tokens: readonly TokenSummaryView[]; scopes: readonly ScopeChoice[] }) {
  const [created, setCreated] = useState<CreatedToken | null>(null);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {created === null ? null : <NewTokenNotice created={created} onDone={() => setCreated(null)} />}
        <TokenTable tokens={tokens} />
      </div>
      <Panel title="New token">
        <CreateTokenForm scopes={scopes} onCreated={setCreated} />
      </Panel>
    </div>
  );
}
