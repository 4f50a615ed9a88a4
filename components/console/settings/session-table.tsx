import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { SessionSummaryView } from "#lib/accounts/schema.ts";
import { RequestButton } from "#components/console/request-button.tsx";

const METHODS: Readonly<Record<string, string>> = { email: "link by e-mail", link: "one-time link", passkey: "passkey", github: "GitHub", oidc: "single sign-on" };

/** Where the account is signed in, this device first. */
export function SessionTable({ sessions }: { sessions: readonly SessionSummaryView[] }) {
  return (
    <Table
      caption="Your sessions"
      head={
        <>
          <Th>Device</Th>
          <Th>Network</Th>
          <Th>Signed in</Th>
          <Th>Last used</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </>
      }
    >
      {sessions.map((session) => (
        <tr key={session.id}>
          <Td>
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{session.device ?? "Unknown program"}</span>
              {session.current ? <Badge tone="accent">this device</Badge> : null}
            </span>
          </Td>
          <Td label="Network">
            <code className="text-12 text-grey-11">{session.network ?? "unknown"}</code>
          </Td>
          <Td label="Signed in" className="text-grey-11">
            <RelativeTime at={session.createdAt} />, {METHODS[session.method] ?? session.method}
          </Td>
          <Td label="Last used" className="whitespace-nowrap text-grey-11">
            {session.lastUsedAt === null ? "not yet" : <RelativeTime at={session.lastUsedAt} />}
          </Td>
          <Td className="text-right">{session.current ? null : <RequestButton label="Sign out" name={`Sign out ${session.device ?? "unknown program"}`} path={`/api/v1/sessions/${session.id}`} method="DELETE" />}</Td>
        </tr>
      ))}
    </Table>
  );
}
