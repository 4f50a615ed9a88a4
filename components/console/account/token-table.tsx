import { KeySquare } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { TokenSummaryView } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";

const HEAD = (
  <>
    <Th>Token</Th>
    <Th>Scopes</Th>
    <Th>Last used</Th>
    <Th>Ends</Th>
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  </>
);

/** Tokens with what they may do, when they end and when they were last used. */
export function TokenTable({ tokens }: { tokens: readonly TokenSummaryView[] }) {
  if (tokens.length === 0) {
    return (
      <EmptyState icon={<KeySquare aria-hidden />} title="No tokens yet">
        <p>A token lets a program publish in your name without your session. Make one with only the scopes it needs.</p>
      </EmptyState>
    );
  }
  return (
    <Table caption="Your tokens" className="relative" head={HEAD}>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </Table>
  );
}

function TokenRow({ token }: { token: TokenSummaryView }) {
  return (
    <tr>
      <Td>
        <span className="block font-medium">{token.name}</span>
        <code className="text-12 text-grey-11">{token.prefix}…</code>
      </Td>
      <Td label="Scopes">
        <span className="flex flex-wrap gap-1">
          {token.scopes.map((scope) => (
            <Badge key={scope} mono>
              {scope}
            </Badge>
          ))}
        </span>
        {token.listings.length === 0 ? null : <span className="mt-1 block text-12 text-grey-11 [overflow-wrap:anywhere]">only {token.listings.join(", ")}</span>}
      </Td>
      <Td label="Last used" className="text-grey-11 sm:whitespace-nowrap">
        <LastUse token={token} />
      </Td>
      <Td label="Ends" className="text-grey-11 sm:whitespace-nowrap">
        <TokenEnd token={token} />
      </Td>
      <Td className="text-right">
        {isOver(token) ? null : (
          <ConfirmButton danger label="Revoke" name={`Revoke ${token.name}`} title={`Revoke “${token.name}”?`} description="Whatever uses this token is refused from now on. This cannot be undone; a new token can be made." verb="Revoke token" keep="Keep the token" path={`/api/v1/tokens/${token.id}`} method="DELETE" />
        )}
      </Td>
    </tr>
  );
}

function LastUse({ token }: { token: TokenSummaryView }) {
  if (token.lastUsedAt === null) return <>not yet</>;
  return (
    <>
      <RelativeTime at={token.lastUsedAt} />
      {token.lastNetwork === null ? null : <span className="block text-12">from <code>{token.lastNetwork}</code></span>}
    </>
  );
}

function TokenEnd({ token }: { token: TokenSummaryView }) {
  if (token.revokedAt !== null)
    return (
      <>
        revoked <RelativeTime at={token.revokedAt} />
        {token.revokedReason === null ? null : <span className="block text-12 whitespace-normal [overflow-wrap:anywhere]">{token.revokedReason}</span>}
      </>
    );
  return isOver(token) ? <>ended <RelativeTime at={token.expiresAt} /></> : <RelativeTime at={token.expiresAt} />;
}

function isOver(token: TokenSummaryView): boolean {
  return token.revokedAt !== null || new Date(token.expiresAt) < new Date();
}
